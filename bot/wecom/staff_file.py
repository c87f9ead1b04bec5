"""The merchant's own list of staff (STAFF_FILE): who works here, in which role, where."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.wecom.staff_entries import USUAL_LEVEL, BadStaffFile, grade, skills, whole
from bot.wecom.staff_shifts import read_shifts
from desk.kernel.roles import Role
from desk.staff.directory import Staff

_DUTIES = ("department_head", "account_manager")
_ROLES = {
    "agent": Role.AGENT,
    "supervisor": Role.SUPERVISOR,
    "manager": Role.MANAGER,
    "admin": Role.ADMIN,
}


def load_staff(path: Path) -> tuple[Staff, ...]:
    """Read the file.

    Raises:
        BadStaffFile: it is missing or wrong.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        raise BadStaffFile(path.name, "打不开，请检查路径") from error
    except yaml.YAMLError as error:
        raise BadStaffFile(path.name, f"不是有效的 YAML：{error}") from error
    rows = data.get("staff") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise BadStaffFile("staff", "应是列表")
    staff = tuple(_member(row, f"staff[{at}]") for at, row in enumerate(rows))
    _without_repeats(staff)
    return staff


def _member(row: Any, where: str) -> Staff:  # noqa: ANN401  YAML is any
    if not isinstance(row, dict):
        raise BadStaffFile(where, "应有 userid、name、role")
    role = row.get("role", "agent")
    if role not in _ROLES:
        raise BadStaffFile(f"{where}.role", f"应是 {'、'.join(_ROLES)} 之一")
    userid = _text(row, "userid", where)
    levels = skills(row.get("skills"), f"{where}.skills")
    capacity = row.get("capacity")
    return Staff(
        userid=userid.lower(),
        name=_text(row, "name", where, userid),
        role=_ROLES[role],
        stores=_texts(row, "stores", where),
        skills=tuple(levels),
        levels=tuple(each for each in levels.items() if each[1] != USUAL_LEVEL),
        capacity=None if capacity is None else whole(capacity, f"{where}.capacity", 1, 1000),
        grade=grade(row.get("grade", "regular"), f"{where}.grade"),
        region=_text(row, "region", where) if "region" in row else "",
        shifts=read_shifts(row.get("shifts"), f"{where}.shifts"),
        duties=_duties(row, where),
    )


def _text(row: Mapping[str, Any], name: str, where: str, default: str = "") -> str:
    value = row.get(name, default)
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        raise BadStaffFile(f"{where}.{name}", "缺少，或不是文字")
    return str(value).strip()


def _duties(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    duties = _texts(row, "duties", where)
    if strange := set(duties) - set(_DUTIES):
        known = "、".join(_DUTIES)
        raise BadStaffFile(f"{where}.duties", f"没有 {strange.pop()} 这种职务，可以写 {known}")
    return duties


def _texts(row: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadStaffFile(f"{where}.{name}", "应是文字列表")
    return tuple(value)


def _without_repeats(staff: tuple[Staff, ...]) -> None:
    seen: set[str] = set()
    for at, member in enumerate(staff):
        if member.userid in seen:
            raise BadStaffFile(f"staff[{at}].userid", f"{member.userid} 重复了")
        seen.add(member.userid)
