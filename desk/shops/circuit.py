"""A shop that keeps failing is left alone for a while, but for one probe."""

from collections import deque
from datetime import datetime, timedelta
from enum import StrEnum

from desk.shops.answers import Why

_REMEMBERED = 50


class CircuitState(StrEnum):
    """Whether a shop is asked at all."""

    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


class Circuit:
    """Counts failures in a row of one shop and decides whether to ask it."""

    def __init__(self, failures_to_open: int, rest: timedelta) -> None:
        self._failures_to_open = failures_to_open
        self._rest = rest
        self._in_a_row = 0
        self._opened_at: datetime | None = None
        self._probed_at: datetime | None = None
        self._outcomes: deque[bool] = deque(maxlen=_REMEMBERED)
        self.last_success: datetime | None = None
        self.why: Why | None = None

    def admits(self, now: datetime) -> bool:
        """Tell whether the shop may be asked now; a yes after a rest reserves the one probe.

        A probe of which nothing is heard (whoever asked broke or was cancelled) gives way to
        another after the same rest.
        """
        if self._opened_at is None:
            return True
        if now - (self._probed_at or self._opened_at) < self._rest:
            return False
        self._probed_at = now
        return True

    def succeeded(self, now: datetime) -> None:
        """The shop answered."""
        self._outcomes.append(True)
        self._in_a_row = 0
        self._opened_at = None
        self._probed_at = None
        self.last_success = now
        self.why = None

    def failed(self, now: datetime, why: Why) -> None:
        """The shop did not answer, or not in time."""
        self._outcomes.append(False)
        self._in_a_row += 1
        self.why = why
        if self._probed_at is not None or self._in_a_row >= self._failures_to_open:
            self._opened_at = now
            self._probed_at = None

    @property
    def state(self) -> CircuitState:
        """Whether the shop is asked, left alone, or being probed."""
        if self._opened_at is None:
            return CircuitState.CLOSED
        return CircuitState.PROBING if self._probed_at is not None else CircuitState.OPEN

    @property
    def failures_of_recent(self) -> tuple[int, int]:
        """How many of the remembered questions failed: (failed, asked)."""
        return self._outcomes.count(False), len(self._outcomes)
