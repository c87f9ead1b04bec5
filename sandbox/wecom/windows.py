"""Counting calls in a sliding window of fake time."""

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Window:
    """At most `most` events in `seconds`."""

    most: int
    seconds: float
    _times: deque[float] = field(default_factory=deque)

    def admits(self, now: float) -> bool:
        """Whether one more event fits; does not count it."""
        # A clock that was turned back must not leave entries from the future behind.
        while self._times and not now - self.seconds < self._times[0] <= now:
            self._times.popleft()
        return len(self._times) < self.most

    def count(self, now: float) -> None:
        """Count one event."""
        self._times.append(now)
