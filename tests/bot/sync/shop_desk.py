"""A shop whose orders a test changes, and the sync around it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from typing_extensions import override

from desk.kernel.errors import Unavailable
from desk.kernel.money import Fen
from desk.shops.cache import MemoryCache
from desk.shops.events import ShopEvent, Subject
from desk.shops.floor import ShopFloor
from desk.shops.line import FloorSettings
from desk.shops.port import BuyerId, ItemId, Order, OrderLine, OrderStatus
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock
from tests.fakes.shops import MemoryShop

BUYER = BuyerId("jd", "open-1")


@dataclass
class ListingShop(MemoryShop):
    """A shop that tells what changed; `asked` are the windows that it was asked for."""

    asked: list[tuple[datetime, datetime]] = field(default_factory=list)
    reads: int = 0
    breaks_after: int = -1

    @override
    async def order(self, order_no: str) -> Order | None:
        """An order by its number."""
        self.reads += 1
        return await MemoryShop.order(self, order_no)

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in the window; breaks off after so many where told to."""
        self.asked.append((since, until))
        await self.answering()
        told = 0
        for each in self.orders:
            if each.updated_at is not None and since <= each.updated_at < until:
                if told == self.breaks_after:
                    raise Unavailable("jd.connection", "京东暂时没有回应")
                told += 1
                yield each

    def move(self, number: str, status: OrderStatus, at: datetime) -> None:
        """Change an order's state."""
        self.orders = [
            replace(each, status=status, updated_at=at) if each.number == number else each
            for each in self.orders
        ]


def an_order(number: str, updated_at: datetime = NOON) -> Order:
    """A paid order, created two days before it changed."""
    line = OrderLine(ItemId("jd", "1"), "s1", "学步鞋", (), 1, Fen(16900))
    created = updated_at - timedelta(days=2)
    return Order(
        shop="jd",
        number=number,
        status=OrderStatus.PAID,
        buyer=BUYER,
        phone_tail=None,
        created_at=created,
        paid_at=created,
        shipped_at=None,
        payment=Fen(16900),
        lines=(line,),
        updated_at=updated_at,
    )


def pushed(number: str, id_: str = "m1") -> ShopEvent:
    """A push about an order."""
    return ShopEvent("jd", id_, "order_changed", Subject.ORDER, number, number, 1, "{}")


def floor_of(shop: MemoryShop, clock: FrozenClock, library: Database) -> ShopFloor:
    """A floor with one shop and the real book."""
    settings = FloorSettings(reuse=timedelta(seconds=60), patience=timedelta(seconds=0.3))
    return ShopFloor((shop,), clock, MemoryCache(clock), settings, book=library.book)
