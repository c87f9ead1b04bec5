"""Shifts of members of staff, in the merchant's own time (Asia/Shanghai)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from desk.kernel.clock import SHANGHAI

DAY = 24 * 60
_NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift on some days of the week (0: Monday), in minutes since midnight.

    It ends before `until`; where that is not after `since`, on the next day. `days` are those it
    begins on.
    """

    since: int
    until: int
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

    @property
    def is_early(self) -> bool:
        """Whether it begins before noon."""
        return self.since < _NOON

    def covers(self, now: datetime) -> bool:
        """Tell whether it is under way at a moment (aware, any zone)."""
        here = now.astimezone(SHANGHAI)
        minute, day = here.hour * 60 + here.minute, here.weekday()
        if self.since < self.until:
            return day in self.days and self.since <= minute < self.until
        yesterday = (day - 1) % 7
        return (day in self.days and minute >= self.since) or (
            yesterday in self.days and minute < self.until
        )

    def begins_next(self, now: datetime) -> datetime:
        """When it begins for the first time after a moment (aware), in UTC."""
        here = now.astimezone(SHANGHAI)
        for ahead in range(8):
            day = here.date() + timedelta(days=ahead)
            begins = datetime.combine(day, time(*divmod(self.since, 60)), SHANGHAI)
            if day.weekday() in self.days and begins > now:
                return begins.astimezone(UTC)
        raise ValueError("a shift on no day")


def shift_at(shifts: tuple[Shift, ...], now: datetime) -> Shift | None:
    """The first shift that is under way at a moment."""
    return next((each for each in shifts if each.covers(now)), None)
