"""A Pinduoduo shop as the desk's port sees it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from desk.shops.port import Item, ItemId, Order, Parcel, Refund, SkuStock
from desk.shops.powers import Keep
from integrations.pinduoduo import methods, wire
from integrations.pinduoduo.carriers import Carriers
from integrations.pinduoduo.changes import LONGEST, ChangedOrders, is_within
from integrations.pinduoduo.client import RATE, PinduoduoClient, PinduoduoRefused
from integrations.pinduoduo.listening import MessageLine
from integrations.platform import Platform, ShopEntry, Surroundings
from integrations.prices import Prices
from integrations.wild import Wild
from integrations.windows import rows_of, windows

PAGES = "https://mobile.yangkeduo.com"
_ITEMS_A_PAGE = 100
_MOST_PAGES = 100
_MOST_DIGITS = 19


class PinduoduoShop:
    """One shop on Pinduoduo. Its buyers are hidden: orders are found by their numbers alone."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self.id = entry.id
        self.name = entry.name
        self._clock = around.clock
        self._pages = entry.base_url or PAGES
        self._client = PinduoduoClient(entry, around)
        self._carriers = Carriers(self._client)
        self._prices = Prices(self.stock, around.clock)
        self._line = MessageLine(entry, around)

    @property
    def tells_scans(self) -> bool:
        """The platform tells where its parcels are."""
        return True

    @property
    def token_expires_at(self) -> datetime | None:
        """When the authorisation ends (aware UTC), None as long as nobody has told."""
        return self._client.token.expires_at

    @property
    def renews_itself(self) -> bool:
        """Refreshing never moves the end of the authorisation."""
        return False

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query; all of them for "".

        The list tells no prices: these are up to five minutes old.
        """
        listed = [raw async for raw in self._listed(query)]
        found = await asyncio.gather(*(self._item(raw) for raw in listed))
        return tuple(item for item in found if item is not None)

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each SKU of a product; () for one that is gone."""
        if not (item.item.isascii() and item.item.isdecimal() and len(item.item) <= _MOST_DIGITS):
            return ()
        try:
            answer = await self._client.call(methods.GOODS_DETAIL, {"goods_id": item.item})
        except PinduoduoRefused as error:
            if _is_gone(error):
                return ()
            raise
        return wire.stock(item, answer)

    async def order(self, order_no: str) -> Order | None:
        """An order by its number; the platform tells of the last 90 days only."""
        raw = await self._raw_order(order_no)
        return await self._whole(raw) if raw is not None else None

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Orders changed in [since, until), complete with refunds; repeats are possible.

        The platform's list lags: what changed in the last three minutes may be missing from it,
        with no sign of that. Whoever asks up to now has to ask for these minutes again; five of
        overlap are enough. Orders created more than 90 days ago are not told.
        """
        listing = ChangedOrders(self._client)
        for window in windows(since, min(until, self._clock.now()), LONGEST):
            async for raw in rows_of(listing, window):
                if is_within(raw["updated_at"].moment_or_none(), since, until):
                    yield await self._whole(raw)

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """The parcels of an order with their way so far."""
        raw = await self._raw_order(order_no)
        packages = wire.packages(raw) if raw is not None else ()
        return tuple(await asyncio.gather(*(self._carriers.parcel(*each) for each in packages)))

    async def listen(self, keep: Keep) -> None:
        """Receive the shop's messages until the connection ends; kept ones are acknowledged.

        Messages are asked for anew each time: the platform forgets that on a new authorisation.
        """
        await self._client.call(methods.PERMIT_MESSAGES, {}, is_read=False)
        await self._line.listen(keep)

    async def _item(self, raw: Wild) -> Item | None:
        item = ItemId(self.id, raw["goods_id"].id())
        url = f"{self._pages}/goods.html?goods_id={item.item}"
        return wire.item(item, raw["goods_name"].text(), await self._prices.of(item), url)

    async def _listed(self, query: str) -> AsyncIterator[Wild]:
        """Walk the list: asked for by title it holds what is off sale too."""
        asked = {"goods_name": query} if query else {"is_onsale": "1"}
        seen = 0
        for page in range(1, _MOST_PAGES + 1):
            answer = await self._client.call(
                methods.GOODS_LIST, {**asked, "page": str(page), "page_size": str(_ITEMS_A_PAGE)}
            )
            goods = tuple(answer["goods_list"])
            for raw in goods:
                if raw["is_onsale"].whole_or(1) == 1:
                    yield raw
            seen += len(goods)
            if not goods or seen >= answer["total_count"].whole():
                break

    async def _raw_order(self, order_no: str) -> Wild | None:
        if not wire.is_order_number(order_no):
            return None
        try:
            answer = await self._client.call(methods.ORDER, {"order_sn": order_no})
        except PinduoduoRefused as error:
            if _is_gone(error):
                return None
            raise
        return answer["order_info"] if answer["order_info"].is_object else None

    async def _whole(self, raw: Wild) -> Order:
        refunds: tuple[Refund, ...] = ()
        if wire.has_refunds(raw):
            refunds = await self._refunds(raw["order_sn"].id())
        return wire.order(self.id, raw, refunds)

    async def _refunds(self, order_no: str) -> tuple[Refund, ...]:
        """The after-sales cases of an order; the window that is asked for plays no part."""
        now = int(self._clock.now().timestamp())
        answer = await self._client.call(
            methods.REFUNDS,
            {
                "order_sn": order_no,
                "after_sales_status": "1",
                "after_sales_type": "1",
                "start_updated_at": str(now - 1800),
                "end_updated_at": str(now),
                "page": "1",
                "page_size": "100",
            },
        )
        return tuple(wire.refund(raw) for raw in answer["refund_list"])


def _is_gone(error: PinduoduoRefused) -> bool:
    """No code says "there is none" for all areas; the sentence does."""
    return "不存在" in error.reason


PINDUODUO = Platform("pinduoduo", "拼多多", PinduoduoShop, RATE)
