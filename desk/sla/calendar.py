"""Business calendars: in which hours the house's time runs, day by day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from desk.kernel.clock import SHANGHAI
from desk.staff.hours import ServiceHours

_WEEK = 7
_FARTHEST = 400
"""So many days in a row without a shift, and a calendar counts as closed for ever."""


class DayKind(StrEnum):
    """What the state makes of a day: a public holiday, or a weekend day that is worked (调休)."""

    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


class Holidays(Protocol):
    """Tells public holidays and make-up workdays."""

    def kind(self, day: date) -> DayKind | None:
        """What the state makes of a day in Asia/Shanghai; None where it leaves it alone."""


@dataclass(frozen=True, slots=True)
class NoHolidays:
    """Every day is as its weekday."""

    def kind(self, day: date) -> DayKind | None:
        """Nothing is special."""
        return None


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """Minutes since midnight of the day it begins on; beyond 1440 it runs into the next day."""

    since: int
    until: int


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """The shifts of each day, Monday first, in Asia/Shanghai.

    `on_holiday` and `on_make_up` stand in on such days, None leaves them as their weekday;
    `special` are the merchant's own days (closed: no shift) and win over everything.
    """

    week: tuple[tuple[Shift, ...], ...]
    holidays: Holidays = field(default_factory=NoHolidays)
    on_holiday: tuple[Shift, ...] | None = None
    on_make_up: tuple[Shift, ...] | None = None
    special: Mapping[date, tuple[Shift, ...]] = field(default_factory=dict)

    def shifts(self, day: date) -> tuple[Shift, ...]:
        """The shifts that begin on a day."""
        if day in self.special:
            return self.special[day]
        match self.holidays.kind(day):
            case DayKind.HOLIDAY if self.on_holiday is not None:
                return self.on_holiday
            case DayKind.MAKE_UP if self.on_make_up is not None:
                return self.on_make_up
        return self.week[day.weekday()]

    def windows(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open times from a moment on, in order, never overlapping, in UTC.

        Ends after 400 days in a row without one.
        """
        day = since.astimezone(SHANGHAI).date() - timedelta(days=1)
        reached, empty = since, 0
        while empty < _FARTHEST:
            empty += 1
            for shift in sorted(self.shifts(day)):
                opens, closes = max(reached, _at(day, shift.since)), _at(day, shift.until)
                if opens < closes:
                    reached, empty = closes, 0
                    yield opens, closes
            day += timedelta(days=1)

    def open_at(self, moment: datetime) -> bool:
        """Tell whether a moment counts."""
        return self.opens_next(moment) == moment

    def opens_next(self, moment: datetime) -> datetime | None:
        """The first moment from this one on that counts; None where none ever does."""
        return next((opens for opens, _ in self.windows(moment)), None)


ALWAYS = BusinessCalendar(((Shift(0, 24 * 60),),) * _WEEK)
"""Round the clock."""


def calendar_of(hours: ServiceHours) -> BusinessCalendar:
    """The calendar of plain service hours, the same in every week."""
    days = ((Shift(each.since, each.until),) if each else () for each in hours.days)
    return BusinessCalendar(tuple(days))


def _at(day: date, minute: int) -> datetime:
    midnight = datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
    return midnight + timedelta(minutes=minute)
