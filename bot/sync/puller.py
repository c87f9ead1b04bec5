"""The safety net: asks every shop what changed, window after window, and books it."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from prometheus_client import Gauge

from bot.stopping import stop_if_asked
from bot.sync.booking import Booking
from bot.sync.walking import walk
from desk.books import Library
from desk.kernel.clock import Clock
from desk.kernel.errors import DeskError
from desk.shops.answers import Why
from desk.shops.floor import ShopFloor
from desk.shops.port import Shop
from desk.shops.powers import ListsChangedOrders
from desk.sync.model import PullState, Source
from integrations.rate import patiently
from integrations.windows import windows

log = structlog.get_logger()
BEHIND = Gauge(
    "zhanggui_shop_pull_behind_seconds", "How far the pull of a shop is behind", ["shop"]
)

AT_ONCE = timedelta(hours=12)
"""A stretch small enough to be lost and walked again."""
_LEASE = timedelta(minutes=10)
"""A pull that does not get on for so long is taken over by another process."""
_LOOK_EVERY = 1.0
"""Seconds of real time between two looks whether a pull is due."""
_AGAIN = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class PullPlan:
    """How often shops are pulled, how much windows overlap, and how far back the first one goes.

    The overlap covers what a platform's index shows late: half a minute on Youzan, three minutes
    on Pinduoduo.
    """

    every: timedelta = timedelta(minutes=1)
    overlap: timedelta = timedelta(minutes=10)
    backfill: timedelta = timedelta(days=30)


class ShopPuller:
    """Pulls the shops that can tell what changed; one process at a time pulls one shop."""

    def __init__(
        self,
        library: Library,
        floor: ShopFloor,
        booking: Booking,
        clock: Clock,
        times: PullPlan | None = None,
    ) -> None:
        self._library, self._floor, self._booking = library, floor, booking
        self._clock, self._times = clock, times or PullPlan()

    def loops(self) -> Mapping[str, Callable[[], Coroutine[None, None, None]]]:
        """A loop for each shop by its name, as none waits for another nor falls with it."""
        return {
            f"pull {shop.id}": partial(self._keep_up, shop, shop)
            for shop in self._floor.shops
            if isinstance(shop, ListsChangedOrders)
        }

    async def _keep_up(self, shop: Shop, lists: ListsChangedOrders) -> None:
        """Pull a shop whenever it is due, until cancelled."""
        with patiently():
            while True:
                stop_if_asked()
                await self.pull_if_due(shop, lists)
                await asyncio.sleep(_LOOK_EVERY)

    async def pull_if_due(self, shop: Shop, lists: ListsChangedOrders) -> None:
        """Pull one shop, if its time has come; what goes wrong is noted, and tried again.

        Raises:
            Unavailable: the database is away, so that nothing can be noted.
        """
        now, times = self._clock.now(), self._times
        async with self._library.open() as books:
            state = await books.shop_pulls.claim(
                shop.id, now, now + _LEASE, times.every, now - times.backfill
            )
        if state is None:
            return
        BEHIND.labels(shop.id).set((now - state.done_until).total_seconds())
        try:
            await self._pull(lists, state, now)
        except DeskError as error:
            await self._failed(state, f"{Why.of(error)} {error.code}")

    async def _pull(self, shop: ListsChangedOrders, state: PullState, now: datetime) -> None:
        """Walk to now; what is done is remembered after each window, and nothing half done."""
        held = now
        for window in windows(state.done_until - self._times.overlap, now, AT_ONCE):
            stop_if_asked()
            async for order in walk(state.shop, shop, window):
                await self._booking.order(order, Source.PULL)
                stop_if_asked()
                held = await self._hold(state, held)
            async with self._library.step() as books:
                until = self._clock.now() + _LEASE
                await books.shop_pulls.advance(state.shop, window.end, until)
            BEHIND.labels(state.shop).set((now - window.end).total_seconds())
        async with self._library.step() as books:
            await books.shop_pulls.finish(state.shop, self._clock.now())

    async def _hold(self, state: PullState, held: datetime) -> datetime:
        """Tell from time to time that the pull gets on; when that was told last."""
        now = self._clock.now()
        if now - held < _LEASE / 5:
            return held
        async with self._library.step() as books:
            await books.shop_pulls.advance(state.shop, state.done_until, now + _LEASE)
        return now

    async def _failed(self, state: PullState, code: str) -> None:
        log.warning("shop.pull_failed", shop=state.shop, code=code)
        wait = _AGAIN[min(state.failures, len(_AGAIN) - 1)]
        async with self._library.step() as books:
            await books.shop_pulls.fail(state.shop, self._clock.now() + wait, code)
