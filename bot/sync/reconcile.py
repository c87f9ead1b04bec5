"""By night every shop's recent orders are compared with the book, and the book is set right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import structlog
from prometheus_client import Counter

from bot.sync.booking import Booking
from bot.sync.puller import AT_ONCE
from bot.sync.walking import walk
from desk.books import Library
from desk.kernel.clock import SHANGHAI, Clock
from desk.kernel.errors import DeskError
from desk.shops.floor import ShopFloor
from desk.shops.port import Order, Shop
from desk.shops.powers import ListsChangedOrders
from desk.sync.comparing import differences, gone
from desk.sync.model import Difference, Source
from integrations.rate import patiently
from integrations.windows import windows

log = structlog.get_logger()
FOUND = Counter("zhanggui_shop_differences_total", "Flaws of the book", ["shop", "flaw"])

CLAIMED_AS = "reconcile"
_AT_ONCE = 500
"""Orders of the book that are read by one statement."""


@dataclass(frozen=True, slots=True)
class ReconcileTimes:
    """When the comparison begins (Beijing time), how far back it looks, what it leaves to the pull.

    What changed within `fresh` may be on its way by push or pull: that is no flaw.
    """

    at: time = time(3, 30)
    back: timedelta = timedelta(days=3)
    fresh: timedelta = timedelta(minutes=15)


class Reconciler:
    """Compares; each shop once a night, whichever process comes first."""

    def __init__(
        self,
        library: Library,
        floor: ShopFloor,
        booking: Booking,
        clock: Clock,
        times: ReconcileTimes | None = None,
    ) -> None:
        self._library, self._floor, self._booking = library, floor, booking
        self._clock, self._times = clock, times or ReconcileTimes()
        self._done: dict[str, str] = {}

    async def run(self) -> None:
        """Compare the shops that were not compared since the last night's hour."""
        day = self._last_night()
        for shop in self._floor.shops:
            if isinstance(shop, ListsChangedOrders) and self._done.get(shop.id, "") < day:
                await self._one_safely(shop, shop, day)

    async def _one_safely(self, shop: Shop, lists: ListsChangedOrders, day: str) -> None:
        try:
            with patiently():
                found = await self.compare(shop, lists, day)
        except DeskError as error:
            log.warning("shop.reconcile_failed", shop=shop.id, code=error.code)
            return
        self._done[shop.id] = day
        if found is not None:
            log.info("shop.reconciled", shop=shop.id, differences=len(found))

    async def compare(
        self, shop: Shop, lists: ListsChangedOrders, day: str
    ) -> tuple[Difference, ...] | None:
        """Compare one shop and set the book right; None where that was done for this day.

        The list is written together with the claim: a crash before leaves the night to the next
        try, one after it finds the work done.

        Raises:
            DeskError: the shop cannot tell; nothing is claimed.
        """
        async with self._library.step() as books:
            if await books.digests.claimed(f"{CLAIMED_AS}:{shop.id}", day):
                return None
        now = self._clock.now()
        since, until = now - self._times.back, now - self._times.fresh
        theirs = await _listed(shop.id, lists, since, until)
        ours = await self._booked(shop.id, theirs)
        found = [*differences(shop.id, theirs, ours, now), *await self._gone(shop, theirs, since)]
        for number in {each.number for each in found} & set(theirs):
            await self._booking.order(theirs[number], Source.RECONCILE)
        async with self._library.open() as books:
            if not await books.digests.claim(f"{CLAIMED_AS}:{shop.id}", day, now):
                return None
            await books.differences.add(found)
        for each in found:
            FOUND.labels(shop.id, each.flaw.value).inc()
        return tuple(found)

    async def _booked(self, shop: str, theirs: Mapping[str, Order]) -> Mapping[str, Order | None]:
        ours: dict[str, Order | None] = dict.fromkeys(theirs)
        numbers = tuple(theirs)
        async with self._library.step() as books:
            for at in range(0, len(numbers), _AT_ONCE):
                some = numbers[at : at + _AT_ONCE]
                ours.update(await books.orders.booked_of(shop, some))
        return ours

    async def _gone(
        self, shop: Shop, theirs: Mapping[str, Order], since: datetime
    ) -> list[Difference]:
        """Orders of the book that the list left out: asked one by one, they are there or gone."""
        now = self._clock.now()
        async with self._library.step() as books:
            ours = await books.orders.numbers_changed(shop.id, since, now - self._times.fresh)
        found = []
        for number in sorted(ours - set(theirs)):
            told = await shop.order(number)
            if told is not None:
                await self._booking.order(told, Source.RECONCILE)
                continue
            async with self._library.step() as books:
                booked = await books.orders.booked(shop.id, number)
            if booked is not None:
                found.append(gone(shop.id, booked.order, now))
        return found

    def _last_night(self) -> str:
        here = self._clock.now().astimezone(SHANGHAI)
        day = here.date() if here.time() >= self._times.at else here.date() - timedelta(days=1)
        return day.isoformat()


async def _listed(
    shop: str, lists: ListsChangedOrders, since: datetime, until: datetime
) -> Mapping[str, Order]:
    found: dict[str, Order] = {}
    for window in windows(since, until, AT_ONCE):
        async for order in walk(shop, lists, window):
            found[order.number] = order
    return found
