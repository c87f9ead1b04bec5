"""When an order was made, as customers say it: 昨天那个, 上周买的, 10号那单, 最新的那单."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.kernel.clock import SHANGHAI

_WEEKDAYS = "一二三四五六日"
_OF_AN_ORDER = (
    r"(?:我)?(?:刚刚?)?(?:在[^，。]{1,5})?(?:买|下单|下的|下了|拍|订|付款?)|的?(?:这|那)?(?:一)?(?:个|笔|张)?(?:订单|单子|单)|"
    r"的?(?:这|那)(?:一)?[个笔双件款条罐包盒台套箱]|的[吧呀啊呢。.!！]*$"
)
_DAY = re.compile(
    r"(?:(?P<ago>大前|前|昨|今)[天晚日儿]|(?P<week>上上|上|这)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])?|"
    r"(?P<months>上上|上|这)个?月|(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[号日]|(?P<festival>双11|双十一|双12|双十二|618)|"
    rf"(?P<few>前几天|前两天))(?P<order>{_OF_AN_ORDER})"
)
_NEWEST = re.compile(
    r"(?:最新|最近|最后)(?:我)?(?:的|一|买|下|拍|订|那|这|单|笔|次|了)*(?:个|单|笔|件|订单)|刚刚?(?:买|下单|拍|下)的|"
    r"上一?(?:个订单|单|笔)|最新的|(?:最近|最后)(?:一次)?买的"
)
_OLDEST = re.compile(r"最早(?:的|买|下|那)|最老的|第一次(?:买|下单)的?")
_AGO = {"今": 0, "昨": 1, "前": 2, "大前": 3}
_WEEKS = {"这": 0, "上": 1, "上上": 2}
_FESTIVALS = {
    "双11": (11, 11),
    "双十一": (11, 11),
    "双12": (12, 12),
    "双十二": (12, 12),
    "618": (6, 18),
}
_FEW_DAYS = 6


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days in Shanghai, both ends included."""

    first: date
    last: date

    def holds(self, at: datetime) -> bool:
        """Whether a moment (aware, any zone) is on one of these days."""
        return self.first <= at.astimezone(SHANGHAI).date() <= self.last


def days_meant(text: str, now: datetime) -> Days | None:
    """The days on which the order was made that a text speaks of; None where it speaks of none.

    A day without a word on an order (昨天就问过了) says nothing about when it was bought.
    """
    found = _DAY.search(text)
    if not found:
        return None
    today = now.astimezone(SHANGHAI).date()
    for name, days_of in _WAYS.items():
        if found[name]:
            return days_of(found, today)
    return None


def newest_meant(text: str) -> bool:
    """Whether the newest order is meant."""
    return _NEWEST.search(text) is not None


def oldest_meant(text: str) -> bool:
    """Whether the oldest order is meant."""
    return _OLDEST.search(text) is not None


def _ago(found: re.Match[str], today: date) -> Days | None:
    day = today - timedelta(days=_AGO[found["ago"]])
    return Days(day, day)


def _week(found: re.Match[str], today: date) -> Days | None:
    monday = today - timedelta(days=today.weekday(), weeks=_WEEKS[found["week"]])
    if named := found["weekday"]:
        day = monday + timedelta(days=_WEEKDAYS.index("日" if named == "天" else named))
        return Days(day, day)
    return Days(monday, monday + timedelta(days=6))


def _months(found: re.Match[str], today: date) -> Days | None:
    first = today.replace(day=1)
    for _ in range(_WEEKS[found["months"]]):
        first = (first - timedelta(days=1)).replace(day=1)
    return Days(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def _day(found: re.Match[str], today: date) -> Days | None:
    try:
        day = today.replace(month=int(found["month"] or today.month), day=int(found["day"]))
    except ValueError:
        return None
    if day <= today:
        return Days(day, day)
    return _last_year(day) if found["month"] else _last_month(day)


def _festival(found: re.Match[str], today: date) -> Days | None:
    month, day = _FESTIVALS[found["festival"]]
    on = today.replace(month=month, day=day)
    on = on if on <= today else on.replace(year=on.year - 1)
    return Days(on - timedelta(days=_FEW_DAYS), on + timedelta(days=1))


def _few(_found: re.Match[str], today: date) -> Days | None:
    return Days(today - timedelta(days=_FEW_DAYS), today - timedelta(days=1))


def _last_year(day: date) -> Days | None:
    try:
        before = day.replace(year=day.year - 1)
    except ValueError:
        return None
    return Days(before, before)


def _last_month(day: date) -> Days | None:
    try:
        before = (day.replace(day=1) - timedelta(days=1)).replace(day=day.day)
    except ValueError:
        return None
    return Days(before, before)


_WAYS: dict[str, Callable[[re.Match[str], date], Days | None]] = {
    "ago": _ago,
    "week": _week,
    "months": _months,
    "day": _day,
    "festival": _festival,
    "few": _few,
}
