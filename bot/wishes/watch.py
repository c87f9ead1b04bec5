"""Looks at what customers wait for, and tells them once when it is back."""

from datetime import timedelta

import structlog
from prometheus_client import Counter

from bot.wishes.choosing import choose
from bot.wishes.wording import batches, news, task
from desk.books import Library
from desk.commands import Outcome
from desk.conversations.commands import SayTo
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock
from desk.kernel.errors import DeskError
from desk.shops.floor import ShopFloor
from desk.shops.port import ItemId, SkuStock
from desk.wishes.model import LASTS, WishState
from integrations.rate import patiently

log = structlog.get_logger()
ENDED = Counter("zhanggui_restock_wishes_ended_total", "Wishes that were met", ["shop", "end"])

LOOK_EVERY = timedelta(minutes=5)
"""Between two looks at an item that nobody pushed news of."""
_AT_ONCE = 20


class RestockWatch:
    """Watches the items that are waited for; `run` is what the ticker calls, as often as it likes.

    An item is looked at when its stock was booked anew, and every few minutes else. Its shop is
    asked anew right before anybody is told, so that nobody hears of what is gone again. Who is
    told is claimed in the transaction that puts the message out: several watchers tell once.
    """

    def __init__(
        self,
        library: Library,
        floor: ShopFloor,
        handbook: Handbook,
        clock: Clock,
    ) -> None:
        self._library, self._floor, self._staff = library, floor, handbook.staff
        self._handbook, self._clock = handbook, clock

    async def run(self) -> bool:
        """Look at the items that are due; True if something goes out."""
        told = False
        for _ in range(_AT_ONCE):
            now = self._clock.now()
            async with self._library.step() as books:
                item = await books.wishes.claim(now, now + LOOK_EVERY)
            if item is None:
                break
            async with self._library.step() as books:
                await books.wishes.expire(now - LASTS, now)
            told |= await self.look(item)
        return told

    async def look(self, item: ItemId) -> bool:
        """Ask the shop for an item's stock, and tell those whose turn it is; True if any are."""
        if self._floor.shop(item.shop) is None:
            log.warning("restock.not_connected", shop=item.shop)
            return False
        try:
            with patiently():
                skus = await self._floor.read_stock(item)
        except DeskError as error:
            log.info("restock.not_seen", shop=item.shop, code=error.code)
            return False
        there = any(sku.available > 0 for sku in skus)
        return await self._tell(item, skus, await self._link(item) if there else "")

    async def _link(self, item: ItemId) -> str:
        product = await self._floor.product_of(item)
        links = [each.url for each in product.items if each.id == item] if product else []
        return links[0] if links else ""

    async def _tell(self, item: ItemId, skus: tuple[SkuStock, ...], link: str) -> bool:
        """Tell whom this stock reaches, in one transaction with the claim of their wishes."""
        shop = self._floor.shop(item.shop)
        name = shop.name if shop else item.shop
        async with self._library.open() as books:
            now = self._clock.now()
            queue = await books.wishes.queue(item, now)
            sellable = self._floor.safety.of_all(skus, queue.title)
            chosen = await choose(books, item, sellable, queue, now)
            work = Work(books, self._handbook, self._clock)
            for each in chosen.told:
                said = news(each.met, name, link, self._handbook.policies)
                told = SayTo(each.conversation, said)
                await work.settle(Outcome(do=(told,)), None, None, f"restock:{each.met.wish.id}")
            for batch in batches(chosen.handed):
                seed = f"restock by hand:{batch[0].met.wish.id}"
                await work.settle(Outcome(do=(task(item, name, batch),)), None, None, seed)
        ENDED.labels(item.shop, WishState.TOLD.value).inc(len(chosen.told))
        ENDED.labels(item.shop, WishState.HANDED_TO_STAFF.value).inc(len(chosen.handed))
        return bool(chosen.told or chosen.handed)
