"""Writes what a shop told into the book, with its pushes settled in the same commit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from prometheus_client import Counter

from bot.rules.order_tags import NO_TAGS, OrderTags
from bot.sync.changes import told_of
from desk.books import Books, Library
from desk.commands import Outcome
from desk.customers.commands import NoteBuyer
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock
from desk.rules.commands import Notice
from desk.shops.port import ItemId, Order, SkuStock
from desk.sync.model import ItemStock, Seen, Source

BOOKED = Counter("zhanggui_shop_orders_booked_total", "Orders booked", ["shop", "source", "end"])


@dataclass(frozen=True, slots=True)
class Booking:
    """The one way into the book.

    Every method raises Unavailable when the database cannot be reached; nothing is booked then.
    """

    library: Library
    handbook: Handbook
    clock: Clock
    tags: OrderTags = NO_TAGS

    async def order(self, order: Order, source: Source, pushes: Sequence[UUID] = ()) -> Seen | None:
        """Book an order; None where the book knows a later state of it."""
        now = self.clock.now()
        async with self.library.open() as books:
            seen = await books.orders.note(order, source, now, self.tags.of(order))
            await books.pushes.settle(pushes, now)
            if seen is not None and seen.changed:
                await books.parcels.note_order(order, now)
                await self._tell_rules(books, seen, now)
            if seen is not None and seen.is_new:
                await self._meet(books, order)
        BOOKED.labels(order.shop, source.value, _end(seen)).inc()
        return seen

    async def _meet(self, books: Books, order: Order) -> None:
        """A buyer whose orders carry a unionid may be a customer whom we know by it."""
        if order.buyer is None or not order.unionid:
            return
        work = Work(books, self.handbook, self.clock)
        known = Outcome(do=(NoteBuyer(order.buyer, order.unionid),))
        await work.settle(known, None, None, f"order:{order.shop}:{order.number}")

    async def _tell_rules(self, books: Books, seen: Seen, now: datetime) -> None:
        """Merchants' rules are told what became of the order; nothing where none is about that."""
        heard = [each for each in told_of(seen, now) if self.handbook.rules.hears(each.on)]
        if not heard:
            return
        buyer = seen.order.buyer
        known = await books.customers.by_buyer(buyer.shop, buyer.buyer) if buyer else None
        customer = known.id if known else None
        notices = tuple(Notice(replace(each, customer=customer)) for each in heard)
        work = Work(books, self.handbook, self.clock)
        seed = f"changed:{seen.order.shop}:{seen.order.number}:{now.isoformat()}"
        await work.settle(Outcome(do=notices), None, None, seed)

    async def stock(
        self,
        item: ItemId,
        skus: tuple[SkuStock, ...],
        pushes: Sequence[UUID] = (),
        asked_at: datetime | None = None,
    ) -> None:
        """Book an item's stock; of two who ask at once the one who asked later is right."""
        now = self.clock.now()
        async with self.library.open() as books:
            await books.stock.note_stock(ItemStock(item, skus, asked_at or now))
            await books.wishes.stir(item, now)
            await books.pushes.settle(pushes, now)

    async def nothing(self, pushes: Sequence[UUID]) -> None:
        """Settle pushes about something that the shop does not have."""
        async with self.library.open() as books:
            await books.pushes.settle(pushes, self.clock.now())


def _end(seen: Seen | None) -> str:
    if seen is None:
        return "older"
    if seen.is_new:
        return "new"
    return "changed" if seen.changed else "same"
