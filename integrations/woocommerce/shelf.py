"""WooCommerce's products: prices of variations lie behind their product, stock may be uncounted."""

import asyncio
from datetime import datetime, timedelta

from desk.kernel.clock import Clock
from desk.shops.port import Item, ItemId, SkuStock
from integrations.prices import Prices
from integrations.uncounted import UNCOUNTED
from integrations.wild import Wild
from integrations.woocommerce.client import WooCommerceClient, WooCommerceRefused
from integrations.woocommerce.wire import check_currency

_CURRENCY_GOOD_FOR = timedelta(minutes=5)


class Shelf:
    """The products of one shop."""

    def __init__(self, shop: str, client: WooCommerceClient, clock: Clock) -> None:
        self._shop, self._client, self._clock = shop, client, clock
        self._prices = Prices(self._variations, clock)
        self._in_yuan_until: datetime | None = None

    async def items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; the shop's search looks at texts too."""
        await self._check_currency()
        asked = {"status": "publish", **({"search": query} if query else {})}
        found = [
            raw
            async for raw in self._client.rows("products", asked)
            if _is_on_sale(raw) and query.lower() in raw["name"].text().lower()
        ]
        items = await asyncio.gather(*(self._item(raw) for raw in found))
        return tuple(item for item in items if item is not None)

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each variation on sale; () for a product that is gone."""
        await self._check_currency()
        if not (item.item.isascii() and item.item.isdecimal()):
            return ()
        try:
            raw = (await self._client.ask(f"products/{item.item}")).body
        except WooCommerceRefused as error:
            if error.means_none:
                return ()
            raise
        if not _is_on_sale(raw):
            return ()
        return await self._variations(item) if _is_variable(raw) else (sku(item, raw, "0"),)

    async def _item(self, raw: Wild) -> Item | None:
        item = ItemId(self._shop, raw["id"].id())
        skus = await self._prices.of(item) if _is_variable(raw) else (sku(item, raw, "0"),)
        if not skus:
            return None
        prices = [each.price for each in skus]
        return Item(
            item, raw["name"].text(), min(prices), max(prices), raw["permalink"].text_or("")
        )

    async def _variations(self, item: ItemId) -> tuple[SkuStock, ...]:
        path = f"products/{item.item}/variations"
        return tuple(
            [
                sku(item, raw, raw["id"].id())
                async for raw in self._client.rows(path, {})
                if _is_on_sale(raw)
            ]
        )

    async def _check_currency(self) -> None:
        """Prices of products do not say what they are in; the shop does."""
        now = self._clock.now()
        if self._in_yuan_until is None or self._in_yuan_until <= now:
            check_currency((await self._client.ask("data/currencies/current")).body["code"])
            self._in_yuan_until = now + _CURRENCY_GOOD_FOR


def _is_on_sale(raw: Wild) -> bool:
    """Tell whether it is published, not hidden, has a price, and is sold here."""
    is_shown = raw["catalog_visibility"].text_or("visible") != "hidden"
    is_published = raw["status"].text() == "publish"
    return is_published and is_shown and raw["purchasable"].is_true() and not raw["price"].is_null


def _is_variable(raw: Wild) -> bool:
    return raw["type"].text() == "variable"


def sku(item: ItemId, raw: Wild, number: str) -> SkuStock:
    """Read a variation, or a product without any as number "0"."""
    chosen = raw["attributes"] if number != "0" else ()
    return SkuStock(
        item=item,
        sku=number,
        properties=tuple((each["name"].text(), each["option"].text()) for each in chosen),
        available=_available(raw),
        price=raw["price"].yuan(),
    )


def _available(raw: Wild) -> int:
    """Tell how many can be sent now.

    None of what is out of stock or only on back order. Where nobody counts (`stock_quantity` is
    null) what is in stock is sold as long as it stands there.
    """
    if raw["stock_status"].text() != "instock":
        return 0
    return UNCOUNTED if raw["stock_quantity"].is_null else max(0, raw["stock_quantity"].whole())
