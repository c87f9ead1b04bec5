"""When people are there to take over, in the merchant's own time (Asia/Shanghai)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from desk.kernel.clock import SHANGHAI

_WEEK = 7
_NAMES = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Open:
    """One day's service, in minutes since midnight; it ends before `until` (1440: midnight)."""

    since: int = 9 * 60
    until: int = 22 * 60

    def told(self) -> str:
        """As people write it: 09:00-22:00."""
        return f"{_clock(self.since)}-{_clock(self.until)}"


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """The service hours of a week, Monday first; None is a day off. One day at least is open.

    All moments are aware, in any zone; those that are returned are in UTC.
    """

    days: tuple[Open | None, ...] = (Open(),) * _WEEK

    def open_at(self, now: datetime) -> bool:
        """Tell whether somebody is there at a moment."""
        here = now.astimezone(SHANGHAI)
        hours = self.days[here.weekday()]
        minute = here.hour * 60 + here.minute
        return hours is not None and hours.since <= minute < hours.until

    def opens_next(self, now: datetime) -> datetime:
        """The first opening after a moment."""
        return next(at for at in self._openings(now, range(_WEEK + 1)) if at > now)

    def opened_last(self, now: datetime) -> datetime:
        """The last opening at or before a moment."""
        return next(at for at in self._openings(now, range(0, -_WEEK - 1, -1)) if at <= now)

    def due(self, now: datetime, within: timedelta) -> datetime:
        """When something can be promised that takes so long: only while people are there.

        Nobody begins before the opening; what would end while nobody is there, or in the first
        hour after an opening, is due an hour after that opening.
        """
        begins = now if self.open_at(now) else self.opens_next(now)
        due = begins + within
        opens = self.opened_last(due) if self.open_at(due) else self.opens_next(due)
        return due if opens <= begins else max(due, opens + timedelta(hours=1))

    def told(self) -> str:
        """As people write it: 周一至周五 09:00-22:00，周六至周日休息."""
        parts: list[str] = []
        first = 0
        for day in range(1, _WEEK + 1):
            if day == _WEEK or self.days[day] != self.days[first]:
                parts.append(_told(first, day - 1, self.days[first]))
                first = day
        return "，".join(parts)

    def _openings(self, now: datetime, days: range) -> list[datetime]:
        today = now.astimezone(SHANGHAI).date()
        dates = [today + timedelta(days=each) for each in days]
        return [_at(each, hours) for each in dates if (hours := self.days[each.weekday()])]


def _at(day: date, hours: Open) -> datetime:
    opens = time(*divmod(hours.since, 60))
    return datetime.combine(day, opens, SHANGHAI).astimezone(UTC)


def _told(first: int, last: int, hours: Open | None) -> str:
    days = f"周{_NAMES[first]}" + (f"至周{_NAMES[last]}" if last > first else "")
    return f"{days} {hours.told()}" if hours else f"{days}休息"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
