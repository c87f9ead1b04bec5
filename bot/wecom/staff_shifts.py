"""Reads shifts of the staff file: "08:00-16:00", "20:00-04:00", "周一至周五 09:00-18:00"."""

import re
from typing import Any

from bot.wecom.staff_entries import BadStaffFile
from desk.staff.shifts import DAY, Shift

_DAYS = "一二三四五六日"
_SHIFT = re.compile(
    rf"(?:周([{_DAYS}])(?:(?:至|到|-)周?([{_DAYS}]))?\s+)?(\d{{1,2}}):(\d{{2}})\s*[-–]\s*(\d{{1,2}}):(\d{{2}})"
)
_LIKE = "应写成 08:00-16:00，过午夜写 20:00-04:00，只在几天写 周一至周五 09:00-18:00"


def read_shifts(value: Any, where: str) -> tuple[Shift, ...]:  # noqa: ANN401  YAML is any
    """Read the shifts of a member; without any they may be asked at any hour.

    Raises:
        BadStaffFile: it is no list of shifts.
    """
    if value is None:
        return ()
    if not isinstance(value, list) or not value:
        raise BadStaffFile(where, f"应是列表；{_LIKE}")
    return tuple(_shift(each, f"{where}[{at}]") for at, each in enumerate(value))


def _shift(value: Any, where: str) -> Shift:  # noqa: ANN401  YAML is any
    found = _SHIFT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise BadStaffFile(where, _LIKE)
    first, last, *clock = found.groups()
    since, until = _minute(clock[0], clock[1], where), _minute(clock[2], clock[3], where)
    if since in (until, DAY):
        raise BadStaffFile(where, "开始和结束不能相同")
    return Shift(since, until, _days(first, last))


def _minute(hour: str, minute: str, where: str) -> int:
    at = int(hour) * 60 + int(minute)
    if int(minute) >= 60 or at > DAY:
        raise BadStaffFile(where, f"没有 {hour}:{minute} 这个时间；{_LIKE}")
    return at


def _days(first: str | None, last: str | None) -> tuple[int, ...]:
    if first is None:
        return tuple(range(len(_DAYS)))
    since = _DAYS.index(first)
    until = since if last is None else _DAYS.index(last)
    span = (until - since) % len(_DAYS)
    return tuple(sorted((since + each) % len(_DAYS) for each in range(span + 1)))
