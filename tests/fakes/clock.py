"""A clock that stands still until it is turned."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""Saturday, 12:00 in Shanghai."""


class FakeClock:
    """Tells the moment it was set to."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def turn(self, by: timedelta) -> None:
        self.at += by
