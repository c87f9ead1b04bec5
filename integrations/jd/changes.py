"""Which orders changed within a time: by their own time of change, and by services after them."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.beijing import from_utc
from integrations.jd import refunds, wire
from integrations.jd.client import JosClient, succeeded
from integrations.wild import Wild
from integrations.windows import Window, rows_of, windows

_A_MONTH = timedelta(days=28)
_A_WEEK = timedelta(days=6)
_PAID_WITHIN = timedelta(days=12)
"""How long after the approval of a service its money is looked for."""
_A_SECOND = timedelta(seconds=1)
_CROWDED = 2000
"""JD documents no limit of its own; of fuller windows the halves are asked for."""


@dataclass(frozen=True, slots=True)
class _Orders:
    """Orders by their time of change; JD tells of three months and refuses what was before."""

    client: JosClient
    party: str = "jd"
    page_size: int = 100
    most_rows: int = _CROWDED

    async def first(self, window: Window) -> tuple[tuple[Wild, ...], int]:
        """Read the first page and how many orders the window has."""
        result = await self._ask(window, 1)
        return tuple(result["orderInfoList"]), result["orderTotal"].whole()

    async def page(self, window: Window, number: int) -> tuple[Wild, ...]:
        """Read a page."""
        return tuple((await self._ask(window, number))["orderInfoList"])

    async def _ask(self, window: Window, number: int) -> Wild:
        start, end = _ends_of(window)
        answer = await self.client.read(
            "jingdong.pop.order.search",
            {
                "start_date": start,
                "end_date": end,
                "optional_fields": wire.ORDER_FIELDS,
                "source_id": "JOS",
                "page": str(number),
                "page_size": str(self.page_size),
                "dateType": "0",
                "sortType": "1",
            },
        )
        result = answer["searchorderinfo_result"]
        succeeded(result["apiResult"], "numberCode", "chineseErrCode")
        return result


@dataclass(frozen=True, slots=True)
class Services:
    """Services after delivery: of one order, or `by` the time of applyTime or approveTime."""

    client: JosClient
    by: str = ""
    party: str = "jd"
    page_size: int = 50
    most_rows: int = _CROWDED

    async def first(self, window: Window) -> tuple[tuple[Wild, ...], int]:
        """Read the first page and how many services the window has."""
        return await self._ask(self._times(window), 1)

    async def page(self, window: Window, number: int) -> tuple[Wild, ...]:
        """Read a page."""
        return (await self._ask(self._times(window), number))[0]

    async def of_order(self, order_no: str) -> tuple[Wild, ...]:
        """Read the services of one order; nobody has more than a page of them."""
        return (await self._ask({"orderId": int(order_no)}, 1))[0]

    def _times(self, window: Window) -> Mapping[str, object]:
        start, end = _ends_of(window)
        return {f"{self.by}Begin": start, f"{self.by}End": end}

    async def _ask(self, asked: Mapping[str, object], number: int) -> tuple[tuple[Wild, ...], int]:
        answer = await self.client.read(
            "jingdong.asc.serviceAndRefund.view",
            {**asked, "pageNumber": number, "pageSize": self.page_size},
        )
        result = succeeded(answer["pageResult"], "code", "msg")
        return tuple(result["data"]), result["totalCount"].whole()


class Changes:
    """Walks what JD changed. Times are aware UTC; JD knows whole seconds."""

    def __init__(self, client: JosClient) -> None:
        self._orders = _Orders(client)
        self._applied = Services(client, "applyTime")
        self._approved = Services(client, "approveTime")

    async def orders(self, since: datetime, until: datetime) -> AsyncIterator[Wild]:
        """Orders modified in [since, until); some may come twice."""
        for window in windows(since, until, _A_MONTH):
            async for row in rows_of(self._orders, window):
                if row["modified"].moment() < until:
                    yield row

    async def serviced(self, since: datetime, until: datetime) -> AsyncIterator[str]:
        """Numbers of orders whose service after delivery was applied for, approved or paid then.

        Whether these change an order's own time is not documented. Services cannot be listed by
        the time they were paid, so those approved lately are looked through.
        """
        for window in windows(since, until, _A_WEEK):
            async for row in rows_of(self._applied, window):
                yield _order_of(row)
        lately = min(since, until - _PAID_WITHIN)
        for window in windows(lately, until, _A_WEEK):
            async for row in rows_of(self._approved, window):
                if refunds.service_changed_at(row) >= since.replace(microsecond=0):
                    yield _order_of(row)


def _order_of(service: Wild) -> str:
    return service["sameOrderServiceBill"]["orderId"].id()


def _ends_of(window: Window) -> tuple[str, str]:
    """JD does not say whether it counts the end in: a second more is asked for."""
    return from_utc(window.start), from_utc(window.last + _A_SECOND)
