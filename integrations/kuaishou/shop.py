"""A Kuaishou shop as the desk's port sees it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from desk.shops.port import Item, ItemId, Order, Parcel, SkuStock
from integrations.kuaishou import wire
from integrations.kuaishou.client import RATE, KuaishouClient, KuaishouRefused
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.wild import Wild
from integrations.windows import Window, windows

_A_WEEK, _A_DAY = timedelta(days=7), timedelta(days=1)
_LISTED_FOR = timedelta(minutes=1)
_BIGGEST = 2**63

_ITEMS = "open.item.list.get"
_ITEMS_A_PAGE = 50
_ON_SALE = {"itemStatus": 1, "onOfflineStatus": 1, "pageSize": _ITEMS_A_PAGE}
_BY_CHANGE = {"queryType": 2, "sort": 2}
_ORDERS = {"orderViewStatus": 1, "cpsType": 0, "pageSize": 50, **_BY_CHANGE}
# The cursor leads through the pages; their number has to be given and means nothing then.
_REFUNDS = {"type": 9, "pageSize": 100, "currentPage": 1, **_BY_CHANGE}


class KuaishouShop:
    """One shop on Kuaishou."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._clock = around.clock
        self._client = KuaishouClient(entry, around)
        self._listed: tuple[Item, ...] = ()
        self._listed_until: datetime | None = None
        self._one_reader = asyncio.Lock()

    @property
    def token_expires_at(self) -> datetime | None:
        """When the authorisation ends (aware UTC), None as long as nobody has told."""
        return self._client.session.ends_at

    @property
    def renews_itself(self) -> bool:
        """Refreshing never moves the end of the authorisation."""
        return False

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; the list is up to a minute old."""
        async with self._one_reader:
            if self._listed_until is None or self._listed_until <= self._clock.now():
                self._listed = tuple([wire.item(self.id, raw) async for raw in self._on_sale()])
                self._listed_until = self._clock.now() + _LISTED_FOR
        return tuple(item for item in self._listed if query.lower() in item.title.lower())

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each SKU; () for a product that is gone."""
        if not _is_number(item.item):
            return ()
        asked = {**_ON_SALE, "kwaiItemId": int(item.item), "pageNumber": 1}
        for raw in (await self._client.call(_ITEMS, asked))["items"]:
            if raw["kwaiItemId"].id() == item.item and wire.is_on_sale(raw):
                return wire.stock(item, raw)
        return ()

    async def order(self, order_no: str) -> Order | None:
        """An order by its number, with its refunds."""
        raw = await self._raw_order(order_no)
        return await self._complete(raw) if raw is not None else None

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """What was sent of an order; its way is asked of a carrier service."""
        raw = await self._raw_order(order_no)
        return wire.parcels(raw) if raw is not None else ()

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders that changed in [since, until), or whose refunds did.

        Of 90 days: what was before is refused. Rows come by the time of change, earliest first,
        so that an order that changes meanwhile hides no other.
        """
        since = since.replace(microsecond=since.microsecond // 1000 * 1000)
        until = min(until, self._clock.now() + timedelta(milliseconds=1))
        told: set[str] = set()
        for window in windows(since, until, _A_WEEK):
            asked = {**_ORDERS, **_ends_of(window)}
            rows = self._client.rows("open.order.cursor.list", "orderList", "cursor", asked)
            async for raw in rows:
                if wire.changed_at(raw) < until:
                    order = await self._complete(raw)
                    told.add(order.number)
                    yield order
        async for number in self._refunded(since, until):
            if number not in told:
                told.add(number)
                found = await self.order(number)
                if found is not None:
                    yield found

    async def _refunded(self, since: datetime, until: datetime) -> AsyncIterator[str]:
        """Numbers of orders whose refunds changed; whether that changes an order is not told."""
        method = "open.seller.order.refund.pcursor.list"
        for window in windows(since, until, _A_DAY):
            asked = {**_REFUNDS, **_ends_of(window)}
            async for raw in self._client.rows(method, "refundOrderInfoList", "pcursor", asked):
                if raw["updateTime"].millis() < until:
                    yield raw["oid"].id()

    async def _on_sale(self) -> AsyncIterator[Wild]:
        page, pages = 1, 1
        while page <= pages:
            data = await self._client.call(_ITEMS, {**_ON_SALE, "pageNumber": page})
            for raw in data["items"]:
                if wire.is_on_sale(raw):
                    yield raw
            page, pages = page + 1, data["totalPage"].whole()

    async def _raw_order(self, order_no: str) -> Wild | None:
        if not _is_number(order_no):
            return None
        try:
            raw = await self._client.call("open.order.detail", {"oid": int(order_no)})
        except KuaishouRefused as error:
            if error.means_none:
                return None
            raise
        return raw if raw["orderBaseInfo"].is_object else None

    async def _complete(self, raw: Wild) -> Order:
        """Read an order; that there are refunds stands in it, what for and how much does not."""
        found = await asyncio.gather(*(self._refund(each) for each in wire.refund_ids(raw)))
        return wire.order(self.id, raw, tuple(wire.refund(each) for each in found))

    async def _refund(self, refund_id: int) -> Wild:
        return await self._client.call("open.seller.order.refund.detail", {"refundId": refund_id})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and not text.startswith("0") and int(text) < _BIGGEST


def _ends_of(window: Window) -> dict[str, int]:
    """Write both ends in Unix milliseconds; the last one counts in."""
    begin, end = (int(at.timestamp() * 1000) for at in (window.start, window.last))
    return {"beginTime": begin, "endTime": max(end, begin + 1)}


KUAISHOU = Platform("kuaishou", "快手小店", KuaishouShop, RATE)
