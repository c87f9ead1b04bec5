"""What goods cost, remembered for a while: the list does not tell, and asking for each is dear."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.kernel.clock import Clock
from desk.shops.port import ItemId, SkuStock

_GOOD_FOR = timedelta(minutes=5)
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class _Known:
    skus: tuple[SkuStock, ...]
    until: datetime


class Prices:
    """Looks goods up for lists of them, a few at a time and each once in five minutes."""

    def __init__(
        self, look_up: Callable[[ItemId], Awaitable[tuple[SkuStock, ...]]], clock: Clock
    ) -> None:
        self._look_up = look_up
        self._clock = clock
        self._known: dict[ItemId, _Known] = {}
        self._few = asyncio.Semaphore(_AT_ONCE)

    async def of(self, item: ItemId) -> tuple[SkuStock, ...]:
        """The SKUs of a product with prices at most five minutes old; errors are the look-up's."""
        async with self._few:
            known = self._known.get(item)
            if known is None or known.until <= self._clock.now():
                skus = await self._look_up(item)
                known = self._known[item] = _Known(skus, self._clock.now() + _GOOD_FOR)
        return known.skus
