"""A Vendure shop as the desk's port sees it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from desk.shops.port import BuyerId, Item, ItemId, Order, Parcel, SkuStock
from desk.shops.powers import CouponState, HeldCoupon, Member
from integrations.platform import BadShopEntry, Platform, ShopEntry, Surroundings
from integrations.vendure import changes, queries, shelf, webhook, wire
from integrations.vendure.client import RATE, VendureClient
from integrations.wild import Wild

_PAGE = 100
_MOST_PAGES = 100


class VendureShop:
    """One shop on a Vendure server."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._client = VendureClient(entry, around)
        self._product_page = entry.credentials.get("product_page", "")
        self._stores = _names(entry, "stores")
        self._levels = _names(entry, "levels")
        self._finished = _days(entry, "finished_days", changes.FINISHED)

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for ""."""
        found: list[Item] = []
        for page in range(_MOST_PAGES):
            data = await self._client.ask(queries.ITEMS, title=query, take=_PAGE, skip=page * _PAGE)
            items = (
                shelf.item(self.id, raw, self._product_page) for raw in data["products"]["items"]
            )
            # Vendure takes % and _ in a query for "anything".
            found += [each for each in items if each and query.lower() in each.title.lower()]
            if (page + 1) * _PAGE >= data["products"]["totalItems"].whole():
                break
        return tuple(found)

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock by place and price of each variant on sale; () for a product that is gone."""
        data = await self._client.ask(queries.STOCK, id=item.item)
        return shelf.stock(item, data, self._stores)

    async def order(self, order_no: str) -> Order | None:
        """An order by its code."""
        raw = await self._raw_order(order_no)
        return wire.order(self.id, raw) if raw is not None else None

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """What was sent of an order; its way is asked of a carrier service."""
        raw = await self._raw_order(order_no)
        return wire.parcels(raw) if raw is not None else ()

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders placed since then, newest first."""
        orders = [
            wire.order(self.id, raw) async for raw in self._of_customer(queries.ORDERS_OF, buyer)
        ]
        recent = (order for order in orders if order.created_at >= since)
        return tuple(sorted(recent, key=lambda order: order.created_at, reverse=True))

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in [since, until) as far as Vendure can tell; see changes.py."""
        async for raw in changes.changed(self._client, since, until, self._finished):
            yield wire.order(self.id, raw)

    async def coupons_of(self, buyer: BuyerId) -> tuple[HeldCoupon, ...]:
        """The coupon codes that the buyer has used; Vendure knows no others of one buyer."""
        used = {
            (promotion["id"].id(), promotion["couponCode"].text())
            async for raw in self._of_customer(queries.COUPONS_OF, buyer)
            for promotion in raw["promotions"]
            if not promotion["couponCode"].is_null
        }
        return tuple(HeldCoupon(promotion, code, CouponState.USED) for promotion, code in used)

    async def member(self, buyer: BuyerId) -> Member | None:
        """The highest of the customer groups that the merchant named as levels; no points."""
        data = await self._client.ask(queries.MEMBER, customer=buyer.buyer)
        groups = {group["name"].text() for group in data["customer"]["groups"]}
        return next((Member(level, None) for level in self._levels if level in groups), None)

    async def _raw_order(self, order_no: str) -> Wild | None:
        data = await self._client.ask(queries.ORDERS, filter={"code": {"eq": order_no}}, take=1)
        return next(iter(data["orders"]["items"]), None)

    async def _of_customer(self, query: str, buyer: BuyerId) -> AsyncIterator[Wild]:
        for page in range(_MOST_PAGES):
            data = await self._client.ask(
                query, customer=buyer.buyer, take=_PAGE, skip=page * _PAGE
            )
            orders = data["customer"]["orders"]
            for raw in orders["items"]:
                yield raw
            if (page + 1) * _PAGE >= orders["totalItems"].whole_or(0):
                break


def _names(entry: ShopEntry, field: str) -> tuple[str, ...]:
    """Read names with commas between, Chinese ones too."""
    names = entry.credentials.get(field, "").replace("，", ",").split(",")
    return tuple(name.strip() for name in names if name.strip())


def _days(entry: ShopEntry, field: str, otherwise: timedelta) -> timedelta:
    written = entry.credentials.get(field, "")
    if not written:
        return otherwise
    if not written.isdecimal():
        raise BadShopEntry(entry.id, f"credentials.{field}", "应是天数，例如 15")
    return timedelta(days=int(written))


VENDURE = Platform(
    name="vendure", title="Vendure", open=VendureShop, rate=RATE, receive=webhook.receive
)
