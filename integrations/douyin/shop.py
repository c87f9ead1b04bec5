"""A Douyin shop as the desk's port sees it."""

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime

from desk.kernel.errors import Refused
from desk.shops.port import Item, ItemId, Order, Parcel, Refund, RefundStatus, SkuStock
from integrations.douyin import webhook, wire
from integrations.douyin.client import RATE, DouyinClient, DouyinRefused
from integrations.douyin.pages import A_PAGE, pages
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.wild import Wild

_MOST_PRODUCT_PAGES = 100
_MOST_ORDERS = 10_000
"""Official pages contradict each other (10 000 or 50 000), so the smaller one is kept."""

_MOST_AFTER_SALES = 50_000
_A_BATCH = 50
_ON_SALE, _APPROVED = 0, 3
_MOST_DIGITS = 19
_NO_ORDER = frozenset(
    {"isv.parameter-invalid:20001", "isv.parameter-invalid:20014", "isv.business-failed:20015"}
)
_NO_PRODUCT = frozenset({"isv.parameter-invalid:4"})
_NO_TRACE = frozenset({"isv.business-failed:10015", "isv.business-failed:-10004"})


class DouyinShop:
    """One shop on Douyin."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._clock = around.clock
        self._client = DouyinClient(entry, around)

    @property
    def tells_scans(self) -> bool:
        """The platform tells where its parcels are."""
        return True

    @property
    def token_expires_at(self) -> datetime | None:
        """When the access token in use ends (aware UTC), None before the first call."""
        return self._client.token.expires_at

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for "" (10 000 at most)."""
        found: list[Item] = []
        asked = {"status": _ON_SALE, "check_status": _APPROVED, "size": A_PAGE}
        named = {"name": query} if query else {}
        for page in range(1, _MOST_PRODUCT_PAGES + 1):
            data = await self._client.call("product.listV2", {**asked, **named, "page": page})
            items = [wire.item(self.id, raw) for raw in data["data"]]
            found += items
            if not items or len(found) >= data["total"].whole():
                break
        return tuple(await asyncio.gather(*(self._priced(item) for item in found)))

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each SKU of a product; () for one that is gone."""
        if not _is_number(item.item):
            return ()
        asked = {"product_id": int(item.item)}
        try:
            skus, names = await asyncio.gather(
                self._client.call("sku.list", asked), self._property_names(item)
            )
        except DouyinRefused as error:
            if error.sub_code in _NO_PRODUCT:
                return ()
            raise
        places = await self._warehouses() if wire.needs_warehouses(skus) else {}
        return wire.stock(item, skus, names, places)

    async def order(self, order_no: str) -> Order | None:
        """An order by its number, the parent's: the number of a line is none."""
        trade = await self._trade(order_no)
        return (await self._complete([trade]))[0] if trade is not None else None

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in [since, until), complete with after-sales.

        An after-sale does not change its order in Douyin's eyes, so both lists are walked. Of
        orders created more than 90 days ago only those with changed after-sales are told.
        """
        start, end = math.floor(since.timestamp()), math.ceil(until.timestamp())
        end = max(end, start + 1)
        seen: set[str] = set()
        async for page in pages(self._orders, start, end, "shop_order_list", _MOST_ORDERS):
            for order in await self._complete([wire.trade(self.id, raw) for raw in page]):
                seen.add(order.number)
                yield order
        async for page in pages(self._after_sales, start, end, "items", _MOST_AFTER_SALES):
            others = dict.fromkeys(wire.order_of(raw) for raw in page).keys() - seen
            seen |= others
            for found in await asyncio.gather(*(self.order(number) for number in others)):
                if found is not None:
                    yield found

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """The parcels of an order with their way so far."""
        trade = await self._trade(order_no)
        packages = trade.packages if trade is not None else ()
        return tuple(await asyncio.gather(*(self._parcel(package) for package in packages)))

    async def _priced(self, item: Item) -> Item:
        """Put in the price of a product whose list does not tell it."""
        if item.price_low:
            return item
        skus = await self._client.call("sku.list", {"product_id": int(item.id.item)})
        prices = [sku["price"].fen() for sku in skus] or [item.price_low]
        return replace(item, price_low=min(prices), price_high=max(prices))

    async def _property_names(self, item: ItemId) -> tuple[str, ...]:
        """Names of a product's properties, () where its details are not to be had."""
        try:
            data = await self._client.call("product.detail", {"product_id": item.item})
        except Refused:
            return ()
        return wire.property_names(data)

    async def _warehouses(self) -> dict[str, str]:
        """Names of warehouses; a merchant without that permission reads their ids."""
        try:
            data = await self._client.call("warehouse.list", {"page": 0, "size": A_PAGE})
        except Refused:
            return {}
        return wire.warehouses(data)

    async def _trade(self, order_no: str) -> wire.Trade | None:
        if not _is_number(order_no):
            return None
        try:
            data = await self._client.call("order.orderDetail", {"shop_order_id": order_no})
        except DouyinRefused as error:
            if error.sub_code in _NO_ORDER:
                return None
            raise
        return wire.trade(self.id, data["shop_order_detail"])

    async def _orders(self, since: int, until: int, page: int) -> Wild:
        asked = {"update_time_start": since, "update_time_end": until, "page": page, "size": A_PAGE}
        return await self._client.call(
            "order.searchList", {**asked, "order_by": "update_time", "order_asc": True}
        )

    async def _after_sales(self, since: int, until: int, page: int) -> Wild:
        asked = {"update_start_time": since, "update_end_time": until, "page": page, "size": A_PAGE}
        return await self._client.call("afterSale.List", {**asked, "order_by": ["update_time asc"]})

    async def _complete(self, trades: Sequence[wire.Trade]) -> list[Order]:
        """Put in what other methods tell: ends of hidden phones, and after-sales."""
        tails, refunds = await asyncio.gather(
            self._phone_tails(trades), asyncio.gather(*(self._refunds(each) for each in trades))
        )
        return [
            _completed(trade.order, tails.get(trade.order.number), found)
            for trade, found in zip(trades, refunds, strict=True)
        ]

    async def _phone_tails(self, trades: Sequence[wire.Trade]) -> dict[str, str | None]:
        sealed = [trade for trade in trades if trade.sealed_phone]
        batches = [sealed[at : at + _A_BATCH] for at in range(0, len(sealed), _A_BATCH)]
        tails: dict[str, str | None] = {}
        for found in await asyncio.gather(*(self._unmasked(batch) for batch in batches)):
            tails |= found
        return tails

    async def _unmasked(self, trades: Sequence[wire.Trade]) -> dict[str, str | None]:
        """Ask for masked phones; a merchant without that permission simply shows none."""
        asked = [
            {"auth_id": trade.order.number, "cipher_text": trade.sealed_phone} for trade in trades
        ]
        try:
            data = await self._client.call("order.batchSensitive", {"cipher_infos": asked})
        except Refused:
            return {}
        return {
            each["auth_id"].id(): wire.phone_tail(each["decrypt_text"])
            for each in data["decrypt_infos"]
        }

    async def _refunds(self, trade: wire.Trade) -> tuple[Refund, ...]:
        if not trade.has_after_sales:
            return ()
        asked = {
            "order_id": trade.order.number,
            "start_time": int(trade.order.created_at.timestamp()),
            "end_time": math.ceil(self._clock.now().timestamp()),
            "page": 0,
            "size": A_PAGE,
        }
        data = await self._client.call("afterSale.List", asked)
        refunds = (wire.refund(raw) for raw in data["items"])
        return tuple(await asyncio.gather(*(self._settled(refund) for refund in refunds)))

    async def _settled(self, refund: Refund) -> Refund:
        """Put in what really went back; lists tell what was applied for."""
        if refund.status is not RefundStatus.REFUNDED:
            return refund
        data = await self._client.call("afterSale.Detail", {"after_sale_id": refund.id})
        return replace(refund, amount=wire.paid_back(data))

    async def _parcel(self, package: wire.Package) -> Parcel:
        asked = {"logistics_code": package.company, "track_no": package.tracking_no}
        try:
            data = await self._client.call("logistics.trackNoRouteDetail", asked)
        except DouyinRefused as error:
            if error.sub_code in _NO_TRACE:
                return wire.untraced(package)
            raise
        return wire.parcel(package, data)


def _completed(order: Order, tail: str | None, refunds: tuple[Refund, ...]) -> Order:
    moments = [refund.updated_at for refund in refunds]
    changed = max([*([order.updated_at] if order.updated_at else []), *moments], default=None)
    return replace(order, phone_tail=order.phone_tail or tail, refunds=refunds, updated_at=changed)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


DOUYIN = Platform("douyin", "抖店", DouyinShop, RATE, webhook.receive)
