"""What a digest is, and which one is due."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.digests.spans import Span, midnight
from desk.kernel.clock import SHANGHAI
from desk.kernel.roles import Role

_MONDAY = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """Sent at a time of day (Asia/Shanghai) about the `days` before, to people of `least` role.

    Over 7 days it is sent on Mondays, about the week that ended; else every day.
    """

    name: str
    at: time
    days: int
    least: Role

    def due(self, now: datetime, last: str = "") -> Span | None:
        """The span to report on now; None where it was reported on (`last` is its period).

        After a standstill only the latest one missed is due, never all of them.
        """
        until = self._sent_on(now)
        name = "day" if self.days == 1 else "last_week"
        span = Span(name, midnight(until - timedelta(days=self.days)), midnight(until))
        return None if period(span) <= last else span

    def planned(self, span: Span) -> datetime:
        """When the digest of a span should go out, aware UTC."""
        there = span.until.astimezone(SHANGHAI).date()
        return datetime.combine(there, self.at, SHANGHAI).astimezone(UTC)

    def _sent_on(self, now: datetime) -> date:
        here = now.astimezone(SHANGHAI)
        latest = here.date() if here.time() >= self.at else here.date() - timedelta(days=1)
        if self.days == 1:
            return latest
        return latest - timedelta(days=latest.weekday() - _MONDAY)


def period(span: Span) -> str:
    """What names a span for ever: its first day, 2026-11-21."""
    return span.first_day.isoformat()
