"""What a digest is, and which one is due."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.digests.spans import Span, day
from desk.kernel.clock import SHANGHAI
from desk.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Digest:
    """Sent every day at a time of day (Asia/Shanghai), about the day before, to `least` role."""

    name: str
    at: time
    least: Role

    def due(self, now: datetime, last: str = "") -> Span | None:
        """The span to report on now; None where it was reported on (`last` is its period).

        After a standstill only the latest one missed is due, never all of them.
        """
        here = now.astimezone(SHANGHAI)
        sent_for = here.date() if here.time() >= self.at else here.date() - timedelta(days=1)
        span = day(sent_for - timedelta(days=1))
        return None if period(span) <= last else span


def period(span: Span) -> str:
    """What names a span for ever: its first day, 2026-11-21."""
    return span.first_day.isoformat()
