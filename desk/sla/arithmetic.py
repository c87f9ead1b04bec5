"""Arithmetic with business time: only the open hours of a calendar count."""

from datetime import datetime, timedelta

from desk.kernel.errors import DeskError
from desk.sla.calendar import BusinessCalendar

_NONE = timedelta()


def add_business_time(moment: datetime, span: timedelta, calendar: BusinessCalendar) -> datetime:
    """The earliest moment by which so much business time has passed; in UTC unless `span` <= 0.

    Raises:
        DeskError: the calendar does not open for so long that it never will.
    """
    if span <= _NONE:
        return moment
    for opens, closes in calendar.windows(moment):
        if span <= closes - opens:
            return opens + span
        span -= closes - opens
    raise DeskError("sla.never_open", "服务时间没有开放的日子，算不出截止时间；请检查 sla 配置。")


def business_time_between(
    since: datetime, until: datetime, calendar: BusinessCalendar
) -> timedelta:
    """How much business time passes; none where `until` is not later."""
    passed = _NONE
    for opens, closes in calendar.windows(since):
        if opens >= until:
            break
        passed += min(closes, until) - opens
    return passed
