"""How often a party may be called: a bucket of tokens for each shop, asked before each call."""

import time
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rate:
    """What a party grants: at most `calls` within any `seconds`."""

    calls: int
    seconds: float = 1.0


def steps_of(rate: Rate) -> tuple[float, float]:
    """Seconds that one call costs, and how many of them may be owed before a call has to wait.

    Half of the grant may come in one burst and half is refilled meanwhile, so that no window of
    `rate.seconds`, wherever it begins, sees more than `rate.calls`.
    """
    half = max(rate.calls / 2, 1.0)
    return rate.seconds / half, rate.seconds * (1 if rate.calls > 1 else 0)


class Buckets(Protocol):
    """Where tokens are taken from; must not raise when its server is away."""

    async def take(self, key: str, rate: Rate) -> float:
        """Take one token: the seconds to wait before calling, 0 for now.

        The token is taken even where there is a wait, so that who comes next waits longer.
        """


class MemoryBuckets:
    """Buckets of one process (generic cell rate: one moment per key is all that is kept)."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}

    async def take(self, key: str, rate: Rate) -> float:
        """Take one token: the seconds to wait before calling, 0 for now."""
        now, (step, owed) = time.monotonic(), steps_of(rate)
        free_at = max(self._free_at.get(key, now), now) + step
        self._free_at[key] = free_at
        return max(0.0, free_at - now - max(owed, step))
