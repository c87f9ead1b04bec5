"""Shops kept in memory: what is on their shelves is what they answer, as the port promises."""

from dataclasses import dataclass, field
from datetime import datetime

from desk.kernel.errors import DeskError
from desk.shops.port import BuyerId, Item, ItemId, Order, Parcel, SkuStock
from desk.shops.powers import CouponIssue, IssuedCoupon, Member


@dataclass
class MemoryShop:
    """A shop without powers. `failure` is raised instead of any answer.

    `hangs`: no answer comes, and everybody's patience is over at once.
    """

    id: str
    name: str
    items: list[Item] = field(default_factory=list)
    skus: list[SkuStock] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    packed: dict[str, tuple[Parcel, ...]] = field(default_factory=dict)
    hangs: bool = False
    failure: DeskError | None = None

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """The items whose title holds the query."""
        await self.answering()
        return tuple(each for each in self.items if query in each.title)

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """The SKUs of an item."""
        await self.answering()
        return tuple(each for each in self.skus if each.item == item)

    async def order(self, order_no: str) -> Order | None:
        """An order by its number."""
        await self.answering()
        return next((each for each in self.orders if each.number == order_no), None)

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders since then, newest first."""
        await self.answering()
        theirs = [each for each in self.orders if each.buyer == buyer and each.created_at >= since]
        return tuple(sorted(theirs, key=lambda each: each.created_at, reverse=True))

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """What was packed for an order."""
        await self.answering()
        return self.packed.get(order_no, ())

    async def answering(self) -> None:
        """Wait for ever, fail, or go on to the answer."""
        if self.hangs:
            raise TimeoutError
        if self.failure is not None:
            raise self.failure


@dataclass
class MemberShop(MemoryShop):
    """A shop with every power: coupons, members, and a bridge to WeCom."""

    bridge: dict[str, BuyerId] = field(default_factory=dict)
    members: dict[BuyerId, Member] = field(default_factory=dict)
    held: set[tuple[str, BuyerId]] = field(default_factory=set)

    async def buyer_of(self, external_userid: str) -> BuyerId | None:
        """The buyer that the platform links to a WeCom customer."""
        await self.answering()
        return self.bridge.get(external_userid)

    async def member(self, buyer: BuyerId) -> Member | None:
        """A buyer's membership."""
        await self.answering()
        return self.members.get(buyer)

    async def issue_coupon(self, coupon_id: str, buyer: BuyerId) -> IssuedCoupon:
        """Put a coupon into an account, once."""
        await self.answering()
        if (coupon_id, buyer) in self.held:
            return IssuedCoupon(CouponIssue.ALREADY_HAS)
        self.held.add((coupon_id, buyer))
        return IssuedCoupon(CouponIssue.ISSUED)

    async def holds_coupon(self, coupon_id: str, buyer: BuyerId) -> bool:
        """Tell whether an account has a coupon."""
        await self.answering()
        return (coupon_id, buyer) in self.held
