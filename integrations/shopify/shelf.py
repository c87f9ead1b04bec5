"""Shopify's products: all titles for a minute, as its search splits Chinese at will."""

import asyncio
from collections.abc import Container
from datetime import datetime, timedelta

from desk.kernel.clock import Clock
from desk.shops.port import Item, ItemId, PlaceKind, PlaceStock, SkuStock
from integrations.shopify import queries, wire
from integrations.shopify.client import ShopifyClient, following
from integrations.uncounted import UNCOUNTED
from integrations.wild import Wild

LISTED_FOR = timedelta(minutes=1)
"""How long the list of products is taken as it is."""


class Shelf:
    """The products of one shop; `stores` are names or ids of locations that are stores."""

    def __init__(
        self, shop: str, client: ShopifyClient, clock: Clock, stores: Container[str]
    ) -> None:
        self._shop, self._client, self._clock, self._stores = shop, client, clock, stores
        self._listed: tuple[Item, ...] = ()
        self._until: datetime | None = None
        self._one_reader = asyncio.Lock()

    async def items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for ""."""
        async with self._one_reader:
            if self._until is None or self._until <= self._clock.now():
                self._listed = tuple(
                    [self._item(raw) async for raw in self._client.rows(queries.ITEMS, "products")]
                )
                self._until = self._clock.now() + LISTED_FOR
        return tuple(item for item in self._listed if query.lower() in item.title.lower())

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock by place and price of each variant; () for a product that is gone."""
        if not (item.item.isascii() and item.item.isdecimal()):
            return ()
        found: list[SkuStock] = []
        after: str | None = None
        while True:
            asked = wire.address("Product", item.item)
            data = await self._client.ask(queries.STOCK, id=asked, after=after)
            product = data["product"]
            if not product.is_object or product["status"].text() != "ACTIVE":
                return ()
            wire.check_currency(data["shop"]["currencyCode"])
            found += [self._sku(item, raw) for raw in product["variants"]["nodes"]]
            after = following(product["variants"], after)
            if after is None:
                return tuple(found)

    def _item(self, raw: Wild) -> Item:
        prices = raw["priceRangeV2"]
        return Item(
            id=ItemId(self._shop, wire.number(raw["id"])),
            title=raw["title"].text(),
            price_low=wire.money(prices["minVariantPrice"]),
            price_high=wire.money(prices["maxVariantPrice"]),
            url=raw["onlineStoreUrl"].text_or(""),
        )

    def _sku(self, item: ItemId, raw: Wild) -> SkuStock:
        """Read a variant; what may be sold beyond its stock has none to be sent now."""
        heap = raw["inventoryItem"]
        is_counted = heap["tracked"].is_true()
        left = max(0, raw["inventoryQuantity"].whole_or(0))
        return SkuStock(
            item=item,
            sku=wire.number(raw["id"]),
            properties=wire.properties(raw["selectedOptions"]),
            available=left if is_counted else UNCOUNTED,
            price=raw["price"].yuan(),
            places=tuple(self._place(each) for each in heap["inventoryLevels"]["nodes"])
            if is_counted
            else (),
        )

    def _place(self, raw: Wild) -> PlaceStock:
        place, name = wire.number(raw["location"]["id"]), raw["location"]["name"].text()
        is_store = place in self._stores or name in self._stores
        return PlaceStock(
            place=place,
            name=name,
            kind=PlaceKind.STORE if is_store else PlaceKind.WAREHOUSE,
            available=max(0, sum(each["quantity"].whole() for each in raw["quantities"])),
        )
