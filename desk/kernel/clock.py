"""Time comes from a clock that is handed in, so that 48 hours can pass in a test."""

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The one zone of the merchant; used only where people read or plan times."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


class TurnableClock:
    """The machine's time plus an offset that a developer may turn forward."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Return the present moment plus the offset, aware, in UTC."""
        return datetime.now(UTC) + self.offset
