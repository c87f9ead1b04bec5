"""A WooCommerce shop as the desk's port sees it."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from desk.shops.port import BuyerId, Item, ItemId, Order, Parcel, SkuStock
from integrations.currency import LeftOut, OtherCurrency
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.wild import Wild
from integrations.woocommerce import status, webhook, wire
from integrations.woocommerce.client import RATE, WooCommerceClient, WooCommerceRefused
from integrations.woocommerce.shelf import Shelf

_NUMBER = re.compile(r"[A-Za-z0-9._/-]{4,40}")
"""Shorter ones would be found in half of all addresses and phones."""

_SECOND = timedelta(seconds=1)
_BY_ID = {"status": "any", "orderby": "id", "order": "asc"}


class WooCommerceShop:
    """One shop on WooCommerce."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._clock = around.clock
        self._searches_numbers = entry.credentials.get("order_numbers", "") == "plugin"
        self._client = WooCommerceClient(entry, around)
        self._left_out = LeftOut(entry.id)
        self._shelf = Shelf(entry.id, self._client, around.clock)

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for ""."""
        return await self._shelf.items(query)

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each variation; () for a product that is gone."""
        return await self._shelf.stock(item)

    async def order(self, order_no: str) -> Order | None:
        """An order by its number, with its refunds."""
        raw = await self._raw_order(order_no)
        return await self._complete(raw) if raw is not None else None

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """What was sent of an order; its way is asked of a carrier service."""
        raw = await self._raw_order(order_no)
        return wire.parcels(raw) if raw is not None else ()

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A customer's orders created since then, newest first; guests cannot be asked for."""
        if not _is_id(buyer.buyer):
            return ()
        after = {"after": wire.as_gmt(since - _SECOND), "dates_are_gmt": "true"}
        asked = {"customer": buyer.buyer, **after, **_BY_ID}
        orders = [
            await self._listed(raw)
            async for raw in self._client.rows("orders", asked)
            if wire.gmt(raw["date_created_gmt"]) >= since and not _is_draft(raw)
        ]
        known = (order for order in orders if order is not None)
        return tuple(sorted(known, key=lambda order: order.created_at, reverse=True))

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in [since, until), complete with refunds; the future is left out.

        A refund is a change of its order. The shop's times have whole seconds, and its bounds are
        outside, so a second more is asked for on both sides.
        """
        since, until = since.replace(microsecond=0), min(until, self._clock.now())
        if since >= until:
            return
        asked = {
            "modified_after": wire.as_gmt(since - _SECOND),
            "modified_before": wire.as_gmt(until + _SECOND),
            "dates_are_gmt": "true",
            **_BY_ID,
        }
        async for raw in self._client.rows("orders", asked):
            if since <= wire.gmt(raw["date_modified_gmt"]) < until and not _is_draft(raw):
                order = await self._listed(raw)
                if order is not None:
                    yield order

    async def _raw_order(self, order_no: str) -> Wild | None:
        """Find an order by its number, which is its id unless a plugin numbers otherwise."""
        raw = await self._by_id(order_no) if _is_id(order_no) else None
        if raw is not None and raw["number"].id() == order_no:
            return raw
        if not (self._searches_numbers and _NUMBER.fullmatch(order_no)):
            return None
        async for found in self._client.rows("orders", {"search": order_no, **_BY_ID}):
            if found["number"].id() == order_no:
                return found
        return None

    async def _by_id(self, number: str) -> Wild | None:
        try:
            return (await self._client.ask(f"orders/{number}")).body
        except WooCommerceRefused as error:
            if error.means_none:
                return None
            raise

    async def _listed(self, raw: Wild) -> Order | None:
        """Read an order of a list; one in another currency is left out and hides no other."""
        try:
            return await self._complete(raw)
        except OtherCurrency as error:
            self._left_out.tell(error)
            return None

    async def _complete(self, raw: Wild) -> Order:
        """Read an order; that there are refunds stands in it, their times and states do not."""
        order = wire.order(self.id, raw)
        if not tuple(raw["refunds"]):
            return order
        path = f"orders/{raw['id'].id()}/refunds"
        return wire.with_refunds(order, [each async for each in self._client.rows(path, {})])


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _is_draft(raw: Wild) -> bool:
    return raw["status"].text() in status.DRAFTS


WOOCOMMERCE = Platform("woocommerce", "WooCommerce", WooCommerceShop, RATE, webhook.receive)
