"""A shop in memory that can be slow, break and be counted; and things to sell in it."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from desk.kernel.errors import DeskError, Unavailable
from desk.kernel.money import Fen
from desk.shops.port import (
    BuyerId,
    Item,
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    ParcelStatus,
    Refund,
    RefundStatus,
    Scan,
    SkuStock,
)
from desk.shops.powers import CouponIssue, IssuedCoupon, Member

START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class HandClock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        """The time it was turned to."""
        return self.time

    def turn(self, by: timedelta) -> None:
        """Let time pass."""
        self.time += by


def item(shop: str, number: str, title: str, price: int = 16900) -> Item:
    """An item of one price."""
    return Item(ItemId(shop, number), title, Fen(price), Fen(price))


def sku(shop: str, number: str, available: int, *values: str) -> SkuStock:
    """A SKU whose properties are these values."""
    properties = tuple((f"属性{at}", value) for at, value in enumerate(values))
    return SkuStock(ItemId(shop, number), "/".join(values), properties, available, Fen(16900))


def order(shop: str, number: str, age: timedelta = timedelta(days=1)) -> Order:
    """An order with everything in it."""
    return Order(
        shop=shop,
        number=number,
        status=OrderStatus.SHIPPED,
        buyer=BuyerId(shop, "buyer"),
        phone_tail="5678",
        created_at=START - age,
        paid_at=START - age,
        shipped_at=None,
        payment=Fen(16900),
        lines=(OrderLine(ItemId(shop, "1"), "s", "学步鞋", (("尺码", "22"),), 1, Fen(16900)),),
        refunds=(Refund("r", RefundStatus.REQUESTED, Fen(100), START),),
    )


PARCEL = Parcel("中通快递", "78", ParcelStatus.IN_TRANSIT, (Scan(START, "已揽收"),))


class ShelfShop:
    """A shop that answers from memory.

    `delay` in seconds before each answer; `failure` instead of any answer; `calls` counts.
    """

    def __init__(self, shop_id: str, items: tuple[Item, ...] = (), name: str = "") -> None:
        self.id = shop_id
        self.name = name or shop_id
        self.items = items
        self.skus: tuple[SkuStock, ...] = ()
        self.orders: tuple[Order, ...] = ()
        self.delay = 0.0
        self.failure: DeskError | None = None
        self.calls: Counter[str] = Counter()

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """All items whose title holds the query."""
        await self._answer("find_items")
        return tuple(item for item in self.items if query in item.title)

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """The SKUs of an item."""
        await self._answer("stock")
        return tuple(sku for sku in self.skus if sku.item == item)

    async def order(self, order_no: str) -> Order | None:
        """An order by its number."""
        await self._answer("order")
        return next((order for order in self.orders if order.number == order_no), None)

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders."""
        await self._answer("orders_of")
        return tuple(order for order in self.orders if order.created_at >= since)

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """One parcel for every order."""
        await self._answer("parcels")
        return (PARCEL,)

    async def _answer(self, method: str) -> None:
        self.calls[method] += 1
        await asyncio.sleep(self.delay)
        if self.failure is not None:
            raise self.failure


class GenerousShop(ShelfShop):
    """A shop with every power."""

    def __init__(self, shop_id: str) -> None:
        super().__init__(shop_id)
        self.held: set[tuple[str, str]] = set()

    async def issue_coupon(self, coupon_id: str, buyer: BuyerId) -> IssuedCoupon:
        """Give a coupon."""
        self.held.add((coupon_id, buyer.buyer))
        return IssuedCoupon(CouponIssue.ISSUED)

    async def holds_coupon(self, coupon_id: str, buyer: BuyerId) -> bool:
        """Tell whether it was given."""
        await self._answer("holds_coupon")
        return (coupon_id, buyer.buyer) in self.held

    async def member(self, buyer: BuyerId) -> Member | None:
        """Everybody but a stranger is a member."""
        await self._answer("member")
        return None if buyer.buyer == "stranger" else Member("金卡会员", 12)

    async def buyer_of(self, external_userid: str) -> BuyerId | None:
        """Everybody but a stranger is known."""
        await self._answer("buyer_of")
        return None if external_userid == "stranger" else BuyerId(self.id, f"b-{external_userid}")


def unavailable() -> Unavailable:
    """What a shop says that cannot answer."""
    return Unavailable("test.down", "暂时没有回应")
