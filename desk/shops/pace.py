"""How time counts for carriers: slower at weekends, and slower for all in a season."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.kernel.clock import SHANGHAI

_SATURDAY = 5
_AT_WEEKENDS = 0.5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Season:
    """Days in Beijing, both included, in which everything takes `factor` times as long (双11)."""

    first: date
    last: date
    factor: float

    def touches(self, since: datetime, until: datetime) -> bool:
        """Tell whether a stretch of time has a day in the season."""
        return self.first <= _day(until) and _day(since) <= self.last


def counted(since: datetime, until: datetime) -> timedelta:
    """How much of a stretch of time a carrier works in: of a weekend's hours only half."""
    total, start = timedelta(), since.astimezone(SHANGHAI)
    end = until.astimezone(SHANGHAI)
    while start < end:
        midnight = datetime.combine(start.date() + _DAY, time(), SHANGHAI)
        stretch = min(midnight, end) - start
        total += stretch * _AT_WEEKENDS if start.weekday() >= _SATURDAY else stretch
        start = midnight
    return total


def slowness(seasons: Sequence[Season], since: datetime, until: datetime) -> float:
    """The factor of the slowest season that the stretch touches, 1 outside of all."""
    return max((season.factor for season in seasons if season.touches(since, until)), default=1.0)


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
