"""Hours and parts of a day as customers name them: 下午三点半, 晚上, 14:30, 3点到5点."""

import re

from desk.kernel.numerals import in_figures

_PARTS = {
    "凌晨": (0, 6),
    "早上": (6, 10),
    "早晨": (6, 10),
    "上午": (8, 12),
    "中午": (11, 14),
    "下午": (12, 19),
    "傍晚": (17, 20),
    "晚上": (18, 24),
    "今晚": (18, 24),
    "明晚": (18, 24),
    "夜里": (20, 24),
}
"""Parts of a day with the hours that they mean."""
_SHORT = {"早": "早上", "晚": "晚上", "早晨": "早上", "今晚": "晚上", "明晚": "晚上"}
_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_PART = r"(?P<part#>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|早|晚)"
_CLOCK = (
    rf"(?:(?P<h#>{_N})[点點时](?:钟|整)?"
    rf"(?:(?P<half#>半)|(?P<quarter#>[一三])刻|(?P<min#>{_N})分?)?"
    r"|(?P<hh#>[01]?\d|2[0-3])[:：](?P<mm#>[0-5]\d))"
)
_AT = rf"(?:{_PART}\s*+)?的?{_CLOCK}"
_TO = r"\s*+(?:到|至|-|~|—)\s*+"


def _at(pattern: str, place: int) -> str:
    """The pattern with its groups named for a place: each name may be there once only."""
    return pattern.replace("#", str(place))


_BARE_START = rf"(?:{_at(_PART, 0)}\s*+)?(?P<only>{_N})"
_RANGE = re.compile(rf"{_at(_AT, 1)}{_TO}{_at(_AT, 2)}|{_BARE_START}{_TO}{_at(_AT, 3)}")
_HOUR = re.compile(_at(_AT, 1))
_ONLY_PART = re.compile(_at(_PART, 1))
_MINUTES_OF_QUARTER = {"一": 15, "三": 45}
_OPENS = 8
"""An hour below this without a part of the day is one of the afternoon."""
_NOON = 12


def hours_in(text: str) -> str:
    """ "15:00", "15:00-17:00", "下午" or ""; an hour that no day has is left out."""
    if (found := _RANGE.search(text)) and (stretch := _stretch(found)):
        return stretch
    if (found := _HOUR.search(text)) and (at := _time(found, "1")) is not None:
        return _clock(at)
    part = _ONLY_PART.search(text)
    return _SHORT.get(part["part1"], part["part1"]) if part else ""


def ends_at(hours: str) -> int:
    """Minutes since midnight at which what `hours_in` gave is over (begins, for an hour)."""
    if hours in _PARTS:
        return _PARTS[hours][1] * 60
    hour, _, minute = hours.partition("-")[0].partition(":")
    return int(hour) * 60 + int(minute)


def _stretch(found: re.Match[str]) -> str:
    if found["only"] is None:
        start, end = _time(found, "1"), _time(found, "2", found["part1"])
    else:
        end = _time(found, "3", found["part0"])
        start = _minutes(int(_figure(found["only"])), 0, found["part0"] or found["part3"])
    if start is None or end is None or end <= start:
        return ""
    return f"{_clock(start)}-{_clock(end)}"


def _time(found: re.Match[str], place: str, part: str | None = None) -> int | None:
    part = found[f"part{place}"] or part
    if found[f"hh{place}"] is not None:
        return _minutes(int(found[f"hh{place}"]), int(found[f"mm{place}"]), part, written=True)
    minute = int(_figure(found[f"min{place}"])) if found[f"min{place}"] else 0
    if found[f"half{place}"]:
        minute = 30
    elif quarter := found[f"quarter{place}"]:
        minute = _MINUTES_OF_QUARTER[quarter]
    return _minutes(int(_figure(found[f"h{place}"])), minute, part)


def _minutes(hour: int, minute: int, part: str | None, *, written: bool = False) -> int | None:
    """Minutes since midnight; 三点 is 15:00, 03:00 is what it says."""
    afternoon = part in ("下午", "傍晚", "晚上", "晚", "夜里") or (part == "中午" and hour < 3)
    if hour < _NOON and (afternoon or (part is None and not written and 0 < hour < _OPENS)):
        hour += _NOON
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _figure(word: str) -> str:
    return word if word.isascii() else in_figures(word)
