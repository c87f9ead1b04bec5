"""Which orders changed within a time, however many: windows and pages as JD wants them."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta

from integrations.beijing import from_utc
from integrations.jd import refunds, wire
from integrations.jd.client import JosClient, succeeded
from integrations.wild import Wild

_LONGEST = timedelta(days=28)
"""JD takes a month at most, and none longer than three months ago."""
_LONGEST_OF_SERVICES = timedelta(days=7)
_A_SECOND = timedelta(seconds=1)
_ORDERS_A_PAGE = 100
_SERVICES_A_PAGE = 50
_MOST_PAGES = 100
"""More than these are asked for in two halves; JD documents no limit of its own."""


class Changes:
    """Walks what JD changed. Times are aware UTC; JD knows whole seconds."""

    def __init__(self, client: JosClient) -> None:
        self._client = client

    async def orders(self, since: datetime, until: datetime) -> AsyncIterator[list[Wild]]:
        """Orders modified in [since, until), in the pages they came in; repeats are possible."""
        start = since
        while start < until:
            end = min(start + _LONGEST, until)
            async for page in self._between(start, end):
                yield [row for row in page if _is_within(row, since, until)]
            start = end

    async def serviced(self, since: datetime, until: datetime) -> AsyncIterator[str]:
        """Numbers of orders whose service after delivery was applied for or approved then.

        Whether these change an order's own time is not documented, so both are asked.
        """
        start = since
        while start < until:
            end = min(start + _LONGEST_OF_SERVICES - _A_SECOND, until)
            for asked in ("applyTime", "approveTime"):
                window = {
                    f"{asked}Begin": from_utc(start),
                    f"{asked}End": from_utc(end + _A_SECOND),
                }
                async for service in self.services(window):
                    yield service.order_no
            start = end

    async def services(self, asked: Mapping[str, object]) -> AsyncIterator[refunds.Service]:
        """All services of a question, page by page."""
        page, seen, total = 1, 0, 1
        while seen < total:
            answer = await self._client.read(
                "jingdong.asc.serviceAndRefund.view",
                {**asked, "pageNumber": page, "pageSize": _SERVICES_A_PAGE},
            )
            result = succeeded(answer["pageResult"], "code", "msg")
            rows = [refunds.service(raw) for raw in result["data"]]
            for row in rows:
                yield row
            if not rows:
                break
            page, seen, total = page + 1, seen + len(rows), result["totalCount"].whole()

    async def _between(self, start: datetime, end: datetime) -> AsyncIterator[list[Wild]]:
        """Walk the pages backwards: an order that moves on meanwhile shifts none past us."""
        first, total = await self._page(start, end, 1)
        last = -(-total // _ORDERS_A_PAGE)
        if last > _MOST_PAGES and end - start > _A_SECOND:
            middle = start + (end - start) / 2
            for half in ((start, middle), (middle, end)):
                async for page in self._between(*half):
                    yield page
            return
        for number in range(last, 1, -1):
            yield (await self._page(start, end, number))[0]
        if last > 1:
            first, _ = await self._page(start, end, 1)
        yield first

    async def _page(self, start: datetime, end: datetime, page: int) -> tuple[list[Wild], int]:
        answer = await self._client.read(
            "jingdong.pop.order.search",
            {
                "start_date": from_utc(start),
                "end_date": from_utc(end + _A_SECOND),
                "optional_fields": wire.ORDER_FIELDS,
                "source_id": "JOS",
                "page": str(page),
                "page_size": str(_ORDERS_A_PAGE),
                "dateType": "0",
                "sortType": "0",
            },
        )
        result = answer["searchorderinfo_result"]
        succeeded(result["apiResult"], "numberCode", "chineseErrCode")
        return list(result["orderInfoList"]), result["orderTotal"].whole()


def _is_within(raw: Wild, since: datetime, until: datetime) -> bool:
    """JD's times have no fractions: what changed within the first second is told."""
    modified = raw["modified"].moment()
    return since.replace(microsecond=0) <= modified < until
