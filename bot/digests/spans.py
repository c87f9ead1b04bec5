"""Spans of days as managers count them, in Asia/Shanghai; the moments are aware UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from desk.kernel.clock import SHANGHAI

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """[since, until); `name` says which kind of span it is."""

    name: str
    since: datetime
    until: datetime

    @property
    def first_day(self) -> date:
        """The first day of it in Shanghai."""
        return self.since.astimezone(SHANGHAI).date()

    @property
    def last_day(self) -> date:
        """The last day of it in Shanghai."""
        return (self.until - timedelta(microseconds=1)).astimezone(SHANGHAI).date()


def today(now: datetime) -> Span:
    """From midnight until now."""
    return Span("today", midnight(now.astimezone(SHANGHAI).date()), now)


def yesterday(now: datetime) -> Span:
    """The whole day before today."""
    return day(now.astimezone(SHANGHAI).date() - _DAY)


def week(now: datetime) -> Span:
    """Today so far and the six days before it."""
    return Span("week", midnight(now.astimezone(SHANGHAI).date() - 6 * _DAY), now)


def day(which: date) -> Span:
    """One whole day."""
    return Span("day", midnight(which), midnight(which + _DAY))


def midnight(which: date) -> datetime:
    """The moment at which a day begins in Shanghai."""
    return datetime.combine(which, time(), SHANGHAI).astimezone(UTC)
