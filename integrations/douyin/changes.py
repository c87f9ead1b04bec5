"""Which orders of a Douyin shop changed: by their own time of change, and by their after-sales'."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.shops.port import Order
from integrations.douyin import wire
from integrations.douyin.client import DouyinClient
from integrations.douyin.trades import BATCH, Trades
from integrations.wild import Wild
from integrations.windows import Window, rows_of, windows

_LONGEST = timedelta(days=30)
_MOST_ORDERS = 10_000
"""Official pages contradict each other (10 000 or 50 000), so the smaller one is kept."""

_MOST_AFTER_SALES = 50_000


@dataclass(frozen=True, slots=True)
class _List:
    """One of Douyin's lists by time of change; pages count from 0, moments are Unix seconds."""

    client: DouyinClient
    method: str
    rows: str
    bounds: tuple[str, str]
    how: Mapping[str, object]
    most_rows: int
    party: str = "douyin"
    page_size: int = 100

    async def first(self, window: Window) -> tuple[tuple[Wild, ...], int]:
        """Read the first page and how many rows the window has."""
        answer = await self._ask(window, 1)
        return tuple(answer[self.rows]), answer["total"].whole()

    async def page(self, window: Window, number: int) -> tuple[Wild, ...]:
        """Read a page; the first one is 1."""
        return tuple((await self._ask(window, number))[self.rows])

    async def _ask(self, window: Window, number: int) -> Wild:
        start, end = int(window.start.timestamp()), int(window.last.timestamp())
        since, until = self.bounds
        asked = {
            since: start,
            # Both ends count in, and two equal ones are refused.
            until: max(end, start + 1),
            "page": number - 1,
            "size": self.page_size,
            **self.how,
        }
        return await self.client.call(self.method, asked)


class Changes:
    """Finds orders that changed."""

    def __init__(self, shop: str, client: DouyinClient, trades: Trades) -> None:
        self._shop = shop
        self._trades = trades
        self._orders = _List(
            client,
            "order.searchList",
            "shop_order_list",
            ("update_time_start", "update_time_end"),
            {"order_by": "update_time", "order_asc": True},
            _MOST_ORDERS,
        )
        self._after_sales = _List(
            client,
            "afterSale.List",
            "items",
            ("update_start_time", "update_end_time"),
            {"order_by": ["update_time asc"]},
            _MOST_AFTER_SALES,
        )

    async def orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Tell the orders that changed in [since, until), or whose after-sales did."""
        told: set[str] = set()
        for window in windows(since, until, _LONGEST):
            async for rows in _batches(rows_of(self._orders, window)):
                trades = [wire.trade(self._shop, row) for row in rows]
                for order in await self._trades.complete(trades):
                    told.add(order.number)
                    yield order
            async for rows in _batches(rows_of(self._after_sales, window)):
                others = dict.fromkeys(wire.order_of(row) for row in rows).keys() - told
                told |= others
                for found in await asyncio.gather(*map(self._trades.order, others)):
                    if found is not None:
                        yield found


async def _batches(rows: AsyncIterator[Wild]) -> AsyncIterator[list[Wild]]:
    batch: list[Wild] = []
    async for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
