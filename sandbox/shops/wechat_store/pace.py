"""Calls are counted by the minute: who has used one up waits for the next (45011)."""

from datetime import datetime

from typing_extensions import override

from sandbox.shops.faults import Faults

A_MINUTE = 1000


class MinuteFaults(Faults):
    """The mood of the gateway; `rate` is calls per minute of the fake clock, 0 for no limit."""

    def __init__(self) -> None:
        super().__init__()
        self.rate = A_MINUTE
        self._minute: datetime | None = None
        self._count = 0

    @override
    def too_fast(self, now: datetime) -> bool:
        """Count one call; true when this minute already had `rate` of them."""
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute, self._count = minute, 0
        if self.rate and self._count >= self.rate:
            return True
        self._count += 1
        return False
