"""Reads single values of the merchant's `sla` section; what is wrong is named with its place."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from desk.sla.calendar import Shift

Refuse = Callable[[str, str], Exception]
"""Makes the error of a field: where it stands, what is wrong with it."""

E = TypeVar("E", bound=StrEnum)

_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SHIFT = re.compile(r"(\d{1,2}):(\d{2})\s*[-–~至]\s*(\d{1,2}):(\d{2})")
_DAY = 24 * 60
CLOSED: tuple[object, ...] = ("closed", False, [])


def table(value: Any, where: str, known: Sequence[str], refuse: Refuse) -> Mapping[str, Any]:  # noqa: ANN401  YAML is any
    """A mapping with no other names than those known."""
    if not isinstance(value, Mapping):
        raise refuse(where, f"应有 {'、'.join(known)}")
    for name in value:
        if name not in known:
            raise refuse(f"{where}.{name}", f"没有这一项，可以写 {'、'.join(known)}")
    return value


def listed(value: Any, where: str, refuse: Refuse) -> Sequence[Any]:  # noqa: ANN401  YAML is any
    """A list."""
    if not isinstance(value, list):
        raise refuse(where, "应是列表")
    return value


def span(value: Any, where: str, refuse: Refuse) -> timedelta:  # noqa: ANN401  YAML is any
    """A span such as 90s, 15m, 4h, 2d."""
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise refuse(where, "应是时长，写成 30m（分钟）、4h（小时）或 2d（天）")
    return timedelta(**{_UNITS[found[2]]: float(found[1])})


def one_of(value: Any, where: str, kind: type[E], refuse: Refuse) -> E:  # noqa: ANN401  YAML is any
    """A value of a family."""
    if value not in [each.value for each in kind]:
        raise refuse(where, f"应是 {'、'.join(kind)} 之一")
    return kind(value)


def shifts(value: Any, where: str, refuse: Refuse) -> tuple[Shift, ...]:  # noqa: ANN401  YAML is any
    """Shifts such as 09:00-18:00; one that ends before it begins runs past midnight."""
    if value in CLOSED:
        return ()
    written = value if isinstance(value, list) else [value]
    return tuple(_shift(each, where, refuse) for each in written)


def _shift(value: Any, where: str, refuse: Refuse) -> Shift:  # noqa: ANN401  YAML is any
    found = _SHIFT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise refuse(where, "应写成 09:00-18:00（带引号），跨夜写 20:00-02:00，休息写 closed")
    since, until = (int(found[at]) * 60 + int(found[at + 1]) for at in (1, 3))
    if max(int(found[2]), int(found[4])) > 59 or since >= _DAY or until > _DAY:
        raise refuse(where, "没有这个时间")
    return Shift(since, until if until > since else until + _DAY)
