"""Which orders of a Youzan shop changed: by their own time of change, and by their refunds'."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.beijing import from_utc
from integrations.wild import Wild
from integrations.windows import Window, rows_of, windows
from integrations.youzan.client import YouzanClient

LONGEST = timedelta(days=89)
"""A window is three months at most; three short months have 89 days."""


@dataclass(frozen=True, slots=True)
class _List:
    """One of Youzan's lists by time of change."""

    client: YouzanClient
    method: str
    version: str
    rows: str
    total: str
    most_rows: int
    bounds: Callable[[Window], Mapping[str, object]]
    party: str = "youzan"
    page_size: int = 100

    async def first(self, window: Window) -> tuple[tuple[Wild, ...], int]:
        """Read the first page and how many rows the window has."""
        data = await self._ask(window, 1)
        return tuple(data[self.rows]), data[self.total].whole()

    async def page(self, window: Window, number: int) -> tuple[Wild, ...]:
        """Read a page; the first one is 1."""
        return tuple((await self._ask(window, number))[self.rows])

    async def _ask(self, window: Window, number: int) -> Wild:
        asked = {**self.bounds(window), "page_no": number, "page_size": self.page_size}
        return await self.client.call(self.method, self.version, asked)


class Changes:
    """Finds the numbers of orders that changed."""

    def __init__(self, client: YouzanClient) -> None:
        self._trades = _List(
            client,
            "youzan.trades.sold.get",
            "4.0.4",
            rows="full_order_info_list",
            total="total_results",
            most_rows=100 * 100,
            bounds=_in_words,
        )
        self._refunds = _List(
            client,
            "youzan.trade.refund.search",
            "3.0.1",
            rows="refunds",
            total="total",
            most_rows=3000,
            bounds=_in_seconds,
        )

    async def numbers(self, since: datetime, until: datetime) -> AsyncIterator[str]:
        """Tell each order that changed in [since, until), or whose refund did, once."""
        told: set[str] = set()
        async for number in self._rows(since, until):
            if number not in told:
                told.add(number)
                yield number

    async def _rows(self, since: datetime, until: datetime) -> AsyncIterator[str]:
        for window in windows(since, until, LONGEST):
            async for row in rows_of(self._trades, window):
                yield row["full_order_info"]["order_info"]["tid"].text()
            async for row in rows_of(self._refunds, window):
                yield row["tid"].text()


def _in_words(window: Window) -> Mapping[str, object]:
    """Bounds of orders: Beijing time, both ends counted in, ignored unless there are both."""
    return {"start_update": from_utc(window.start), "end_update": from_utc(window.last)}


def _in_seconds(window: Window) -> Mapping[str, object]:
    """Bounds of refunds: Unix seconds."""
    return {
        "update_time_start": int(window.start.timestamp()),
        "update_time_end": int(window.last.timestamp()),
    }
