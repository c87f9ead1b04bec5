"""Shifts of members of staff, in the merchant's own time (Asia/Shanghai)."""

from dataclasses import dataclass
from datetime import datetime

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


def shift_at(shifts: tuple[Shift, ...], now: datetime) -> Shift | None:
    """The first shift that is under way at a moment."""
    return next((each for each in shifts if each.covers(now)), None)
