"""Reads the service hours of the merchant's file: one span for all days, or one by weekday."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from desk.staff.hours import Open, ServiceHours

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY = "default"
_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–~至]\s*(\d{1,2}):(\d{2})\s*")
_FORM = "应写成 09:00-22:00（带引号），休息写 closed"
_CLOSED = ("closed", False)
_MIDNIGHT = 24 * 60

Refuse = Callable[[str, str], Exception]
"""Makes the error of a field: where it stands, what is wrong with it."""


def read_hours(data: Any, refuse: Refuse) -> ServiceHours:  # noqa: ANN401  YAML is any
    """Read `service_hours`; without it 09:00-22:00 every day.

    Raises:
        What `refuse` makes: a span, a day's name or the whole is wrong.
    """
    if data is None:
        return ServiceHours()
    if not isinstance(data, Mapping):
        return ServiceHours((_open(data, "service_hours", refuse),) * len(_DAYS))
    for name in data:
        if name not in (*_DAYS, _EVERY):
            known = "、".join((*_DAYS, _EVERY))
            raise refuse(f"service_hours.{name}", f"没有这一天，可以写 {known}")
    usual = _open(data[_EVERY], f"service_hours.{_EVERY}", refuse) if _EVERY in data else Open()
    days = tuple(
        _open(data[day], f"service_hours.{day}", refuse) if day in data else usual for day in _DAYS
    )
    if not any(days):
        raise refuse("service_hours", "一周里至少要有一天有人")
    return ServiceHours(days)


def _open(value: Any, where: str, refuse: Refuse) -> Open | None:  # noqa: ANN401  YAML is any
    if value in _CLOSED and where != "service_hours":
        return None
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise refuse(where, _FORM)
    since, until = (int(found[at]) * 60 + int(found[at + 1]) for at in (1, 3))
    if int(found[2]) > 59 or int(found[4]) > 59 or until > _MIDNIGHT:
        raise refuse(where, f"没有这个时间；{_FORM}")
    if since >= until:
        raise refuse(where, "结束要晚于开始；要到半夜写 24:00，跨夜请按天分开")
    return Open(since, until)
