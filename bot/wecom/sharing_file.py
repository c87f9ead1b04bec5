"""The part of the staff file (STAFF_FILE) that tells how work is shared: `sharing:`."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.wecom.staff_entries import BadStaffFile, grade, number, whole
from desk.kernel.money import Fen
from desk.staff.sharing import WEIGHTS, GradeRule, SharingPolicy, SurgeRule

_USUAL = SharingPolicy()
_KNOWN = frozenset(
    {
        "weights",
        "accept_urgent",
        "accept",
        "strikes",
        "capacity",
        "near_km",
        "far_km",
        "vip_from",
        "high_value",
        "grades",
        "surge",
    }
)
_MOST_FEN = 10**10
_DAY_MINUTES = 24 * 60


def load_sharing(path: Path | None) -> SharingPolicy:
    """Read how work is shared; what is not written stays as usual.

    Raises:
        BadStaffFile: the part is wrong. (That the file cannot be read, `load_staff` tells.)
    """
    if path is None or not path.exists():
        return _USUAL
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise BadStaffFile(path.name, f"不是有效的 YAML：{error}") from error
    part = data.get("sharing") if isinstance(data, dict) else None
    return read_sharing(part) if part is not None else _USUAL


def read_sharing(part: Any) -> SharingPolicy:  # noqa: ANN401  YAML is any
    """Read the part `sharing`.

    Raises:
        BadStaffFile: it is wrong.
    """
    rows = _mapping(part, "sharing", _KNOWN)
    return SharingPolicy(
        weights={**WEIGHTS, **_weights(rows.get("weights"))},
        accept_urgent=_minutes(rows, "accept_urgent", _USUAL.accept_urgent),
        accept=_minutes(rows, "accept", _USUAL.accept),
        strikes=whole(rows.get("strikes", _USUAL.strikes), "sharing.strikes", 1, 100),
        capacity=whole(rows.get("capacity", _USUAL.capacity), "sharing.capacity", 1, 1000),
        near_km=number(rows.get("near_km", _USUAL.near_km), "sharing.near_km", 0, 1000),
        far_km=number(rows.get("far_km", _USUAL.far_km), "sharing.far_km", 1, 10000),
        vip_from=Fen(
            whole(rows.get("vip_from", _USUAL.vip_from), "sharing.vip_from", 1, _MOST_FEN)
        ),
        high_value=Fen(
            whole(rows.get("high_value", _USUAL.high_value), "sharing.high_value", 1, _MOST_FEN)
        ),
        grades=_grades(rows.get("grades")),
        surge=_surge(rows.get("surge")),
    )


def _weights(value: Any) -> Mapping[str, float]:  # noqa: ANN401  YAML is any
    rows = _mapping(value or {}, "sharing.weights", frozenset(WEIGHTS))
    read = {}
    for name, each in rows.items():
        below = WEIGHTS[name] < 0
        bounds = (-100, 0) if below else (0, 100)
        read[name] = number(each, f"sharing.weights.{name}", *bounds)
    return read


def _grades(value: Any) -> tuple[GradeRule, ...]:  # noqa: ANN401  YAML is any
    if value is None:
        return _USUAL.grades
    if not isinstance(value, list):
        raise BadStaffFile("sharing.grades", "应是列表，例如 - {tier: vip, grade: best}")
    rules = []
    for at, each in enumerate(value):
        where = f"sharing.grades[{at}]"
        row = _mapping(each, where, frozenset({"tier", "region", "grade"}))
        rules.append(
            GradeRule(
                str(row.get("tier", "")),
                str(row.get("region", "")),
                grade(row.get("grade"), f"{where}.grade"),
            )
        )
    return tuple(rules)


def _surge(value: Any) -> SurgeRule:  # noqa: ANN401  YAML is any
    usual = _USUAL.surge
    row = _mapping(value or {}, "sharing.surge", frozenset({"tickets", "within", "kinds_first"}))
    kinds = row.get("kinds_first", list(usual.kinds_first))
    if not isinstance(kinds, list) or not all(isinstance(each, str) for each in kinds):
        raise BadStaffFile("sharing.surge.kinds_first", "应是工单类型的列表，例如 [return, refund]")
    within = row.get("within", usual.within // timedelta(minutes=1))
    return SurgeRule(
        whole(row.get("tickets", usual.tickets), "sharing.surge.tickets", 1, 100000),
        timedelta(minutes=whole(within, "sharing.surge.within", 1, _DAY_MINUTES)),
        tuple(kinds),
    )


def _minutes(rows: Mapping[str, Any], name: str, usual: timedelta) -> timedelta:
    value = rows.get(name, usual // timedelta(minutes=1))
    return timedelta(minutes=whole(value, f"sharing.{name}", 1, _DAY_MINUTES))


def _fen(rows: Mapping[str, Any], name: str, usual: Fen) -> Fen:
    return Fen(whole(rows.get(name, usual), f"sharing.{name}", 1, _MOST_FEN))


def _mapping(value: Any, where: str, known: frozenset[str]) -> Mapping[str, Any]:  # noqa: ANN401
    if not isinstance(value, dict):
        raise BadStaffFile(where, f"应写成“名称: 值”，名称是 {'、'.join(sorted(known))}")
    unknown = sorted(str(each) for each in value if each not in known)
    if unknown:
        raise BadStaffFile(
            f"{where}.{unknown[0]}", f"没有这一项，可用的是 {'、'.join(sorted(known))}"
        )
    return value
