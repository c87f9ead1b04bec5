"""A Shopify shop as the desk's port sees it."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from desk.shops.port import BuyerId, Item, ItemId, Order, Parcel, SkuStock
from integrations.currency import LeftOut, OtherCurrency
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.shopify import queries, webhook, wire
from integrations.shopify.client import RATE, ShopifyClient, following
from integrations.shopify.shelf import Shelf
from integrations.wild import Wild

_NUMBER = re.compile(r"#?[A-Za-z0-9._/-]{1,40}")
_SECOND = timedelta(seconds=1)


class ShopifyShop:
    """One shop on Shopify."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._clock = around.clock
        self._client = ShopifyClient(entry, around)
        self._left_out = LeftOut(entry.id)
        names = entry.credentials.get("stores", "").replace("，", ",").split(",")
        stores = frozenset(name.strip() for name in names if name.strip())
        self._shelf = Shelf(entry.id, self._client, around.clock, stores)

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for ""."""
        return await self._shelf.items(query)

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock by place and price of each variant; () for a product that is gone."""
        return await self._shelf.stock(item)

    async def order(self, order_no: str) -> Order | None:
        """An order by its name, with or without the #."""
        raw = await self._raw_order(order_no)
        return await self._complete(raw) if raw is not None else None

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """What was sent of an order; its way is asked of a carrier service."""
        raw = await self._raw_order(order_no)
        return wire.parcels(raw) if raw is not None else ()

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A customer's orders created since then, newest first."""
        if not (buyer.buyer.isascii() and buyer.buyer.isdecimal()):
            return ()
        asked = f"customer_id:{buyer.buyer} created_at:>='{_written(since - _SECOND)}'"
        rows = [row async for row in self._client.rows(queries.ORDERS, "orders", query=asked)]
        orders = [await self._listed(row) for row in rows if wire.moment(row["createdAt"]) >= since]
        known = (order for order in orders if order is not None)
        return tuple(sorted(known, key=lambda order: order.created_at, reverse=True))

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in [since, until), complete with refunds; the future is left out.

        The cursor goes by the time of change, so an order that changes meanwhile hides no other.
        """
        since, until = since.replace(microsecond=0), min(until, self._clock.now())
        if since >= until:
            return
        asked = (
            f"updated_at:>='{_written(since - _SECOND)}' updated_at:<='{_written(until + _SECOND)}'"
        )
        async for row in self._client.rows(queries.ORDERS, "orders", query=asked):
            if since <= wire.moment(row["updatedAt"]) < until:
                order = await self._listed(row)
                if order is not None:
                    yield order

    async def _raw_order(self, order_no: str) -> Wild | None:
        if not _NUMBER.fullmatch(order_no):
            return None
        wanted = order_no.removeprefix("#")
        async for row in self._client.rows(queries.ORDERS, "orders", query=f"name:'{wanted}'"):
            if wire.order_no(row["name"]) == wanted:
                return await self._read(row)
        return None

    async def _listed(self, row: Wild) -> Order | None:
        """Read an order of a list; one in another currency is left out and hides no other."""
        raw = await self._read(row)
        try:
            return await self._complete(raw) if raw is not None else None
        except OtherCurrency as error:
            self._left_out.tell(error)
            return None

    async def _read(self, row: Wild) -> Wild | None:
        raw = (await self._client.ask(queries.ORDER, id=row["id"].text(), after=None))["order"]
        return raw if raw.is_object else None

    async def _complete(self, raw: Wild) -> Order:
        """Read an order with all of its lines, of which one answer has fifty."""
        lines, after = list(raw["lineItems"]["nodes"]), following(raw["lineItems"], None)
        while after is not None:
            data = await self._client.ask(queries.LINES, id=raw["id"].text(), after=after)
            lines += data["order"]["lineItems"]["nodes"]
            after = following(data["order"]["lineItems"], after)
        return wire.order(self.id, raw, lines)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


SHOPIFY = Platform("shopify", "Shopify", ShopifyShop, RATE, webhook.receive)
