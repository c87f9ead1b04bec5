"""A clock that stands still until a test turns it."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""Saturday, 12:00 in Shanghai."""


class FrozenClock:
    """Tells the moment it was set to."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        return self.at

    def turn(self, by: timedelta) -> datetime:
        """Let time pass, and return the new moment."""
        self.at += by
        return self.at
