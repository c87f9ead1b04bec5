"""A Douyin shop as the desk's port sees it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from desk.kernel.errors import Refused
from desk.shops.port import Item, ItemId, Order, Parcel, SkuStock
from integrations.douyin import webhook, wire
from integrations.douyin.changes import Changes
from integrations.douyin.client import RATE, DouyinClient, DouyinRefused
from integrations.douyin.trades import Trades, is_number
from integrations.platform import Platform, ShopEntry, Surroundings

_A_PAGE = 100
_MOST_PAGES = 100
_ON_SALE, _APPROVED = 0, 3
_NO_PRODUCT = frozenset({"isv.parameter-invalid:4"})
_NO_TRACE = frozenset({"isv.business-failed:10015", "isv.business-failed:-10004"})


class DouyinShop:
    """One shop on Douyin."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._client = DouyinClient(entry, around)
        self._trades = Trades(entry.id, self._client, around.clock)
        self._changes = Changes(entry.id, self._client, self._trades)

    @property
    def tells_scans(self) -> bool:
        """The platform tells where its parcels are."""
        return True

    @property
    def token_expires_at(self) -> datetime | None:
        """When the access token in use ends (aware UTC), None before the first call."""
        return self._client.token.expires_at

    @property
    def renews_itself(self) -> bool:
        """Tokens are refreshed, each with the next refresh token."""
        return True

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for "" (10 000 at most)."""
        found: list[Item] = []
        asked = {"status": _ON_SALE, "check_status": _APPROVED, "size": _A_PAGE}
        named = {"name": query} if query else {}
        for page in range(1, _MOST_PAGES + 1):
            data = await self._client.call("product.listV2", {**asked, **named, "page": page})
            items = [wire.item(self.id, raw) for raw in data["data"]]
            found += items
            if not items or len(found) >= data["total"].whole():
                break
        return tuple(await asyncio.gather(*(self._priced(item) for item in found)))

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each SKU of a product; () for one that is gone."""
        if not is_number(item.item):
            return ()
        try:
            skus, names = await asyncio.gather(
                self._client.call("sku.list", {"product_id": int(item.item)}),
                self._property_names(item),
            )
        except DouyinRefused as error:
            if error.sub_code in _NO_PRODUCT:
                return ()
            raise
        places = await self._warehouses() if wire.needs_warehouses(skus) else {}
        return wire.stock(item, skus, names, places)

    async def order(self, order_no: str) -> Order | None:
        """An order by its number, the parent's: the number of a line is none."""
        return await self._trades.order(order_no)

    def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in [since, until), or whose after-sales did.

        Of orders created more than 90 days ago only those with changed after-sales are told.
        """
        return self._changes.orders(since, until)

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """The parcels of an order with their way so far."""
        trade = await self._trades.find(order_no)
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
            data = await self._client.call("warehouse.list", {"page": 0, "size": _A_PAGE})
        except Refused:
            return {}
        return wire.warehouses(data)

    async def _parcel(self, package: wire.Package) -> Parcel:
        """Douyin knows the way of parcels only whose waybills were printed by it."""
        asked = {"logistics_code": package.company, "track_no": package.tracking_no}
        try:
            data = await self._client.call("logistics.trackNoRouteDetail", asked)
        except DouyinRefused as error:
            if error.sub_code in _NO_TRACE:
                return wire.untraced(package)
            raise
        return wire.parcel(package, data)


DOUYIN = Platform("douyin", "抖店", DouyinShop, RATE, webhook.receive)
