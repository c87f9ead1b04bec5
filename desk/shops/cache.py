"""Where shops' answers are kept for the moment when a shop does not answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from desk.kernel.clock import Clock

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Kept:
    """A value as it was at `stored_at` (aware UTC)."""

    value: Json
    stored_at: datetime


class ShopCache(Protocol):
    """Keeps JSON values with the time at which they were true.

    A cache is a courtesy: an implementation that cannot reach its server returns None and keeps
    nothing, it never raises.
    """

    async def get(self, key: str) -> Kept | None:
        """Return what is kept under the key, None where it is missing or past its time."""

    async def put(self, key: str, kept: Kept, ttl: timedelta) -> None:
        """Keep a value for as long as `ttl`."""


class MemoryCache:
    """A cache of one process; the oldest entries leave when it is full."""

    def __init__(self, clock: Clock, size: int = 10_000) -> None:
        self._clock = clock
        self._size = size
        self._kept: dict[str, tuple[Kept, datetime]] = {}

    async def get(self, key: str) -> Kept | None:
        """Return what is kept under the key, None where it is missing or past its time."""
        kept, until = self._kept.get(key, (None, None))
        if until is not None and until <= self._clock.now():
            del self._kept[key]
            return None
        return kept

    async def put(self, key: str, kept: Kept, ttl: timedelta) -> None:
        """Keep a value for as long as `ttl`."""
        self._kept.pop(key, None)
        self._kept[key] = (kept, self._clock.now() + ttl)
        while len(self._kept) > self._size:
            del self._kept[next(iter(self._kept))]
