"""When something is due that takes so long, and how much of it has run, in each way to count."""

from datetime import datetime, timedelta

from desk.sla.arithmetic import add_business_time, business_time_between
from desk.sla.calendar import BusinessCalendar
from desk.sla.policy import Counting

_AFTER_OPENING = timedelta(hours=1)


def due(
    since: datetime, span: timedelta, counting: Counting, calendar: BusinessCalendar
) -> datetime:
    """When a span has run that begins at a moment.

    Raises:
        DeskError: the calendar never opens.
    """
    match counting:
        case Counting.ALWAYS:
            return since + max(span, timedelta())
        case Counting.BUSINESS:
            return add_business_time(since, span, calendar)
        case Counting.ATTENDED:
            return _attended(since, max(span, timedelta()), calendar)


def _attended(since: datetime, span: timedelta, calendar: BusinessCalendar) -> datetime:
    """The end of a span, though never before an hour after an opening that it waits for.

    What would end shortly after an opening is due with what would have ended shortly before it,
    so that more time is never due earlier.
    """
    begins = calendar.opens_next(since) or since
    ends = begins + span
    opened = closed = begins
    for opens, closes in calendar.windows(begins):
        opened = opened if opens == closed else opens
        closed = closes
        if ends < closes:
            return ends if opened == begins else max(ends, opened + _AFTER_OPENING)
    return ends


def ran(
    since: datetime, until: datetime, counting: Counting, calendar: BusinessCalendar
) -> timedelta:
    """How much has run between two moments; none where `until` is not later."""
    match counting:
        case Counting.ALWAYS:
            return max(until - since, timedelta())
        case Counting.BUSINESS:
            return business_time_between(since, until, calendar)
        case Counting.ATTENDED:
            return max(until - (calendar.opens_next(since) or since), timedelta())
