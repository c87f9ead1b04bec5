"""Answers that are a day: read within the field's bounds, kept with the hour, shown in words."""

import re
from datetime import date, datetime, timedelta

from desk.kernel.clock import SHANGHAI
from desk.templates.dates import WEEKDAYS, days_in, either_of_two, without_days
from desk.templates.hours import ends_at, hours_in
from desk.templates.model import Field
from desk.templates.refusal import Refused, refused

_BARE_WEEKDAY = re.compile(r"(?<![这本下上])(?<!个)(?:周|星期|礼拜)")
_FURTHEST = 366
"""Days ahead of a date whose field sets no bound of its own."""
_VAGUE = re.compile(
    r"月底|月初|月中|[上中下]旬|过两天|过几天|改天|[几两]天内|[上下这本]个?(?:周|星期|礼拜|月)"
)


def read_date(field: Field, words: str, now: datetime) -> str | Refused:
    """A day, "2026-11-28", with the hour or the part of the day where they are told.

    The field's bounds are days from today; without any the day is today or later. A field whose
    days all lie behind us (`most` <= 0) looks backwards: 周六 is the last one.
    """
    today = now.astimezone(SHANGHAI).date()
    try:
        days = days_in(words, today, backwards=field.most is not None and field.most <= 0)
    except (ValueError, OverflowError):
        return refused("no_such_day", field=field.label)
    if not days:
        vague = _VAGUE.search(words)
        return refused("vague_day" if vague else "no_day", field=field.label)
    if len(days) > 1 or either_of_two(words):
        return refused("several_days", field=field.label)
    day, hours = days[0], hours_in(without_days(words))
    if day == today and hours and _is_over(hours, now) and _BARE_WEEKDAY.search(words):
        day += timedelta(days=7)  # Who says 周六上午 on a Saturday at noon means the next.
    return _bounded(field, day, hours, now)


def show_date(value: str, now: datetime) -> str:
    """11月28日（周六）下午; with the year where the next such day is in another one."""
    day, _, hours = value.partition(" ")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return value
    today = now.astimezone(SHANGHAI).date()
    is_next = days_in(f"{on.month}月{on.day}日", today) == (on,)
    year = "" if is_next else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日（周{WEEKDAYS[on.weekday()]}）{hours}"


def _bounded(field: Field, day: date, hours: str, now: datetime) -> str | Refused:
    here = now.astimezone(SHANGHAI)
    ahead = (day - here.date()).days
    least = field.least if field.least is not None else 0
    most = field.most if field.most is not None else _FURTHEST
    shown = show_date(day.isoformat(), now)
    if ahead < least:
        early = "day_past" if least <= 0 else "day_early"
        return refused(early, field=field.label, day=shown)
    if ahead > most:
        late = "day_not_yet" if most <= 0 else "day_far"
        return refused(late, field=field.label, day=shown)
    if ahead == 0 and most > 0 and hours and _is_over(hours, now):
        return refused("hour_past", field=field.label, hours=hours)
    return f"{day.isoformat()} {hours}".strip()


def _is_over(hours: str, now: datetime) -> bool:
    """Whether an hour or a part of the day has passed today."""
    here = now.astimezone(SHANGHAI)
    return here.hour * 60 + here.minute >= ends_at(hours)
