"""A WeChat Store shop as the desk's port sees it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from math import ceil, floor

from desk.shops.port import BuyerId, Item, ItemId, Order, Parcel, SkuStock
from desk.shops.powers import HeldCoupon, Member
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.wechat_store import webhook, wire
from integrations.wechat_store.client import RATE, WechatStoreClient, WechatStoreRefused
from integrations.wechat_store.listing import UPDATED_ORDERS, UPDATED_REFUNDS, created_orders
from integrations.wechat_store.shelf import Shelf
from integrations.wechat_store.stock import StockRoom
from integrations.wild import Wild

_MOST_DIGITS = 20
_COUPONS_A_PAGE = 200
_COUPON_PAGES = 10


class WechatStoreShop:
    """One shop in WeChat Store."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._clock = around.clock
        self._client = WechatStoreClient(entry, around)
        self._shelf = Shelf(entry.id, self._client, around.clock)
        self._room = StockRoom(self._client)

    @property
    def token_expires_at(self) -> datetime | None:
        """When the access token in use ends (aware UTC), None before the first call."""
        return self._client.token.expires_at

    @property
    def renews_itself(self) -> bool:
        """A new token is had for asking."""
        return True

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for "".

        The platform searches no titles: they are remembered here, up to half an hour old.
        """
        wanted = query.casefold()
        return tuple(item for item in await self._shelf.items() if wanted in item.title.casefold())

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each SKU of a product as of now; () for one not on sale."""
        raw = await self._shelf.product(item.item) if _is_number(item.item) else None
        if raw is None:
            return ()
        return wire.stock(item, raw, await self._room.count(item.item))

    async def order(self, order_no: str) -> Order | None:
        """An order by its number, with its refunds."""
        sale = await self._sale(order_no)
        if sale is None:
            return None
        refunds = await asyncio.gather(*(self._refund(number) for number in sale.refund_ids))
        return sale.with_refunds(tuple(wire.refund(raw) for raw in refunds))

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders created since then, newest first."""
        start, end = floor(since.timestamp()), floor(self._clock.now().timestamp())
        listing = created_orders(buyer.buyer)
        try:
            numbers = [number async for number in listing.between(self._client, start, end)]
        except WechatStoreRefused as error:
            if error.means_none:
                return ()
            raise
        found = [await self.order(number) for number in dict.fromkeys(numbers)]
        orders = [order for order in found if order is not None and order.created_at >= since]
        return tuple(sorted(orders, key=lambda order: order.created_at, reverse=True))

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in [since, until), or one of whose after-sales did.

        The platform writes whole seconds: one that `since` falls into is told too. An order that
        was listed and is deleted by now is left out, as `order` knows none of it.
        """
        start, end = floor(since.timestamp()), ceil(until.timestamp()) - 1
        told: set[str] = set()
        async for number in self._changed_numbers(start, end):
            if number not in told:
                told.add(number)
                order = await self.order(number)
                if order is not None:
                    yield order

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """The parcels of an order, without scans: where they are is asked of a carrier service."""
        sale = await self._sale(order_no)
        return sale.parcels if sale is not None else ()

    async def member(self, buyer: BuyerId) -> Member | None:
        """The buyer's grade (VIP1 to VIP10) and points."""
        asked = {"openid": buyer.buyer}
        try:
            answer = await self._client.call(
                "vip/user/info/get", {**asked, "need_phone_number": False}
            )
        except WechatStoreRefused as error:
            if error.means_none:
                return None
            raise
        grade = answer["info"]["user_grade_info"]["grade"]
        if grade.is_null:
            return None
        answer = await self._client.call("vip/user/score/get", asked)
        return Member(f"VIP{grade.whole()}", answer["info"]["score"].whole())

    async def coupons_of(self, buyer: BuyerId) -> tuple[HeldCoupon, ...]:
        """The buyer's coupons, used and expired ones too, at most 2000."""
        try:
            numbers = [number async for number in self._coupon_numbers(buyer)]
        except WechatStoreRefused as error:
            if error.means_none:
                return ()
            raise
        return tuple([await self._coupon(buyer, number) for number in numbers])

    async def _sale(self, order_no: str) -> wire.Sale | None:
        if not _is_number(order_no):
            return None
        try:
            answer = await self._client.call(
                "order/get", {"order_id": order_no, "encode_sensitive_info": True}
            )
        except WechatStoreRefused as error:
            if error.means_none:
                return None
            raise
        return wire.sale(self.id, answer["order"]) if answer["order"].is_object else None

    async def _refund(self, number: str) -> Wild:
        answer = await self._client.call(
            "aftersale/getaftersaleorder", {"after_sale_order_id": number}
        )
        return answer["after_sale_order"]

    async def _changed_numbers(self, start: int, end: int) -> AsyncIterator[str]:
        async for number in UPDATED_ORDERS.between(self._client, start, end):
            yield number
        async for refund in UPDATED_REFUNDS.between(self._client, start, end):
            yield (await self._refund(refund))["order_id"].id()

    async def _coupon_numbers(self, buyer: BuyerId) -> AsyncIterator[str]:
        context = ""
        for page in range(1, _COUPON_PAGES + 1):
            answer = await self._client.call(
                "coupon/get_user_coupon_list",
                {
                    "openid": buyer.buyer,
                    "page": page,
                    "page_size": _COUPONS_A_PAGE,
                    "page_ctx": context,
                },
            )
            numbers = [raw["user_coupon_id"].id() for raw in answer["user_coupon_list"]]
            for number in numbers:
                yield number
            if len(numbers) < _COUPONS_A_PAGE:
                return
            context = answer["page_ctx"].text_or("")

    async def _coupon(self, buyer: BuyerId, number: str) -> HeldCoupon:
        answer = await self._client.call(
            "coupon/get_user_coupon", {"openid": buyer.buyer, "user_coupon_id": number}
        )
        for raw in answer["user_coupon_list"]:
            return wire.held_coupon(raw)
        raise answer["user_coupon_list"].unreadable("the coupon")


def _is_number(text: str) -> bool:
    """Tell whether it can be one of the platform's numbers (uint64)."""
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


WECHAT_STORE = Platform("wechat_store", "微信小店", WechatStoreShop, RATE, webhook.receive)
