"""Which orders of a shop on TOP changed: by their own time of change, and by their refunds'."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.shops.port import Order
from integrations.beijing import from_utc
from integrations.taobao import wire
from integrations.taobao.client import TopClient
from integrations.taobao.trades import Trades
from integrations.wild import Wild
from integrations.windows import Window, rows_of, windows

_LONGEST = timedelta(days=1)
_CROWDED = 2000
"""TOP advises windows of half an hour; shops with fewer changes than this a day need none so short,
and of those with more the window is halved until it fits."""


@dataclass(frozen=True, slots=True)
class _List:
    """One of TOP's lists by time of change."""

    client: TopClient
    method: str
    rows: tuple[str, str]
    fields: str
    party: str = "taobao"
    page_size: int = 100
    most_rows: int = _CROWDED

    async def first(self, window: Window) -> tuple[tuple[Wild, ...], int]:
        """Read the first page and how many rows the window has, which costs TOP a count."""
        answer = await self._ask(window, 1, {})
        return self._rows(answer), answer["total_results"].whole()

    async def page(self, window: Window, number: int) -> tuple[Wild, ...]:
        """Read a page without having the rows counted; the first one is 1."""
        return self._rows(await self._ask(window, number, {"use_has_next": "true"}))

    def _rows(self, answer: Wild) -> tuple[Wild, ...]:
        outer, inner = self.rows
        return tuple(answer[outer][inner])

    async def _ask(self, window: Window, number: int, how: Mapping[str, str]) -> Wild:
        asked = {
            "fields": self.fields,
            "start_modified": from_utc(window.start),
            "end_modified": from_utc(window.last),
            "page_no": str(number),
            "page_size": str(self.page_size),
            **how,
        }
        return await self.client.call(self.method, asked)


class Changes:
    """Finds orders that changed."""

    def __init__(self, shop: str, client: TopClient, trades: Trades) -> None:
        self._shop = shop
        self._single = trades
        self._orders = _List(
            client, "taobao.trades.sold.increment.get", ("trades", "trade"), wire.ORDER_FIELDS
        )
        self._refunds = _List(
            client, "taobao.refunds.receive.get", ("refunds", "refund"), "refund_id,tid,modified"
        )

    async def orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """Tell the orders that changed in [since, until), or whose refunds did."""
        told: set[str] = set()
        for window in windows(since, until, _LONGEST):
            async for row in rows_of(self._orders, window):
                trade = wire.trade(self._shop, row)
                told.add(trade.order.number)
                yield await self._single.complete(trade)
            async for row in rows_of(self._refunds, window):
                number = row["tid"].id()
                found = None if number in told else await self._single.one(number)
                if found is not None:
                    told.add(number)
                    yield await self._single.complete(found)
