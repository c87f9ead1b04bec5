"""Days as customers name them: 明天下午, 周六, 12月3号, 下周三, 三天后; in Asia/Shanghai."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desk.kernel.numerals import in_figures

WEEKDAYS = "一二三四五六日"
_NEAR = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_STEPS = {"": 0, "这": 0, "本": 0, "下": 1, "下下": 2, "上": -1, "上上": -2}
_FEASTS: Mapping[str, tuple[int, int]] = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "国庆": (10, 1),
    "双十一": (11, 11),
    "双11": (11, 11),
    "双十二": (12, 12),
    "双12": (12, 12),
    "圣诞": (12, 25),
}
_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_STEP = "下下|下|上上|上|这|本"
_FORMS = (
    r"(?P<y>20\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?",
    rf"(?P<mm>{_N})月份?(?P<md>{_N})[日号]?",
    r"(?<![\d:.])(?P<sm>\d{1,2})[/.\-](?P<sd>\d{1,2})(?![\d:点时]|[/.\-]\d)",
    rf"(?P<months>{_STEP})个?月(?P<nd>{_N})[日号]",
    rf"(?P<week>{_STEP}|)(?:一?个)?(?:周|星期|礼拜)(?P<wd>[{WEEKDAYS}天末1-6])(?!\d)",
    rf"(?P<count>{_N})个?(?P<unit>天|日|周|星期|礼拜)(?:以|之)?(?P<way>后|前)",
    rf"过(?P<after>{_N})天",
    r"(?P<near>大后|大前|后|前|昨|明|今|当)(?:天|日|晚|早|儿)",
    rf"(?<![\d月])(?P<bare>{_N})[号日](?![楼栋店线院机])",
    rf"(?P<feast>{'|'.join(_FEASTS)})",
)
_DAY = re.compile("|".join(_FORMS))
_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天]"
_EITHER = re.compile(
    rf"明后[天日]|{_WEEKDAY}(?:[或到至、和~-]|或者|还是)+[一二三四五六日天](?![点時时])"
)


_A_SEASON_SHORT = 300
"""Days ahead beyond which a day without a year is rather the last one."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Today, and whether a day without a year or month is the last or the next such day."""

    today: date
    backwards: bool

    def of_a_year(self, month: int, day: int) -> date:
        """The next such day; one that was a few weeks ago is not that of the next year."""
        years = range(self.today.year - 8, self.today.year + 9)
        nearest = self._nearest([(year, month) for year in years], day)
        if self.backwards or (nearest - self.today).days <= _A_SEASON_SHORT:
            return nearest
        return _day_or_none(nearest.year - 1, month, day) or nearest

    def of_a_month(self, day: int) -> date:
        first = self.today.year * 12 + self.today.month - 1
        return self._nearest([divmod(first + step, 12) for step in range(-3, 4)], day, start=1)

    def weekday(self, wanted: int) -> date:
        ahead = (wanted - self.today.weekday()) % 7
        return self.today + timedelta(days=ahead - 7 if self.backwards and ahead else ahead)

    def _nearest(self, months: list[tuple[int, int]], day: int, start: int = 0) -> date:
        days = [each for y, m in months if (each := _day_or_none(y, m + start, day))]
        near = [
            each for each in days if (each <= self.today) is self.backwards or each == self.today
        ]
        if not near:
            raise ValueError("no such day")
        return max(near) if self.backwards else min(near)


def days_in(words: str, today: date, *, backwards: bool = False) -> tuple[date, ...]:
    """The days that a text names, each once, in order.

    `backwards`: 周六 and 12月3号 are the last ones, not the next.

    Raises:
        ValueError: one of them is none of the calendar (2月30号).
    """
    text = unicodedata.normalize("NFKC", words)
    calendar = _Calendar(today, backwards)
    named = [(each, _day_of(each, calendar)) for each in _DAY.finditer(text)]
    dated = {day.weekday() for each, day in named if each["wd"] is None}
    days = [day for each, day in named if each["wd"] is None or day.weekday() not in dated]
    return tuple(dict.fromkeys(days))


def either_of_two(words: str) -> bool:
    """Tell whether a text leaves open which of several days: 周六或周日, 明后天."""
    return _EITHER.search(unicodedata.normalize("NFKC", words)) is not None


def without_days(words: str) -> str:
    """The text without the days in it; 明晚 leaves its 晚."""
    plain = unicodedata.normalize("NFKC", words)
    return _DAY.sub(
        lambda found: (
            " 晚 " if found[0].endswith("晚") else " 早 " if found[0].endswith("早") else " "
        ),
        plain,
    )


def _day_of(found: re.Match[str], calendar: _Calendar) -> date:
    groups = found.groupdict()
    return next(way for name, way in _WAYS.items() if groups[name] is not None)(groups, calendar)


def _written_out(groups: Mapping[str, str], _calendar: _Calendar) -> date:
    return date(int(groups["y"]), int(groups["m"]), int(groups["d"]))


def _month_day(groups: Mapping[str, str], calendar: _Calendar) -> date:
    return calendar.of_a_year(_number(groups["mm"]), _number(groups["md"]))


def _slashed(groups: Mapping[str, str], calendar: _Calendar) -> date:
    return calendar.of_a_year(int(groups["sm"]), int(groups["sd"]))


def _of_month(groups: Mapping[str, str], calendar: _Calendar) -> date:
    months = calendar.today.year * 12 + calendar.today.month - 1 + _STEPS[groups["months"]]
    return date(months // 12, months % 12 + 1, _number(groups["nd"]))


def _of_week(groups: Mapping[str, str], calendar: _Calendar) -> date:
    named = groups["wd"]
    place = (
        int(named) - 1
        if named.isdigit()
        else "一二三四五六日".find("六" if named == "末" else named)
    )
    place = 6 if named == "天" else place
    if not groups["week"]:
        on_sunday = named == "末" and calendar.today.weekday() == 6
        return calendar.today if on_sunday else calendar.weekday(place)
    monday = calendar.today - timedelta(days=calendar.today.weekday())
    return monday + timedelta(days=place, weeks=_STEPS[groups["week"]])


def _counted(groups: Mapping[str, str], calendar: _Calendar) -> date:
    days = _number(groups["count"]) * (1 if groups["unit"] in "天日" else 7)
    return calendar.today + timedelta(days=days if groups["way"] == "后" else -days)


def _after(groups: Mapping[str, str], calendar: _Calendar) -> date:
    return calendar.today + timedelta(days=_number(groups["after"]))


def _near(groups: Mapping[str, str], calendar: _Calendar) -> date:
    return calendar.today + timedelta(days=_NEAR[groups["near"]])


def _bare(groups: Mapping[str, str], calendar: _Calendar) -> date:
    return calendar.of_a_month(_number(groups["bare"]))


def _feast(groups: Mapping[str, str], calendar: _Calendar) -> date:
    return calendar.of_a_year(*_FEASTS[groups["feast"]])


_WAYS: Mapping[str, Callable[[Mapping[str, str], _Calendar], date]] = {
    "y": _written_out,
    "mm": _month_day,
    "sm": _slashed,
    "months": _of_month,
    "wd": _of_week,
    "count": _counted,
    "after": _after,
    "near": _near,
    "bare": _bare,
    "feast": _feast,
}


def _number(word: str) -> int:
    return int(word if word.isascii() else in_figures(word))


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
