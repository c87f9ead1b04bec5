"""Orders of a WooCommerce shop that changed: no page is skipped, no second lost or told twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.kernel.errors import Refused
from desk.shops.port import Shop
from desk.shops.powers import ListsChangedOrders
from integrations.catalog import connected_shops, read_entries

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_KEYS = {"consumer_key": "ck", "consumer_secret": "cs", "webhook_secret": "w"}


class _Noon:
    def now(self) -> datetime:
        return NOW


@dataclass
class _Site:
    """Orders by the moment of their change; `moves` leaves its window once a page was read."""

    orders: dict[int, datetime]
    moves: int = 0
    foreign: tuple[int, ...] = ()
    status: str = "processing"
    asked: list[dict[str, str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        """Answer one page, bounds outside."""
        query = dict(request.query)
        self.asked.append(query)
        after, before = (
            datetime.fromisoformat(query[name]).replace(tzinfo=UTC)
            for name in ("modified_after", "modified_before")
        )
        rows = [number for number in sorted(self.orders) if after < self.orders[number] < before]
        size, page = int(query["per_page"]), int(query["page"])
        body = [self._order(number) for number in rows[(page - 1) * size : page * size]]
        if page > 1 and self.moves:
            self.orders[self.moves] = NOW + timedelta(minutes=1)
        headers = {"X-WP-TotalPages": str(-(-len(rows) // size))}
        return web.json_response(body, headers=headers)

    async def one(self, request: web.Request) -> web.Response:
        """Answer one order."""
        return web.json_response(self._order(int(request.match_info["number"])))

    def _order(self, number: int) -> dict[str, object]:
        return {
            "id": number,
            "number": str(number),
            "status": self.status,
            "currency": "EUR" if number in self.foreign else "CNY",
            "date_created_gmt": "2026-11-20T00:00:00",
            "date_modified_gmt": self.orders[number].strftime("%Y-%m-%dT%H:%M:%S"),
            "total": "1.00",
            "customer_id": 0,
            "line_items": [],
        }


@asynccontextmanager
async def _shop(site: _Site) -> AsyncIterator[Shop]:
    app = web.Application()
    app.router.add_get("/wp-json/wc/v3/orders", site.take)
    app.router.add_get("/wp-json/wc/v3/orders/{number}", site.one)
    async with TestServer(app, host="127.0.0.1") as server:
        entry = {
            "id": "w",
            "platform": "woocommerce",
            "name": "独立站",
            "base_url": str(server.make_url("/")),
            "calls_per_second": 1000,
            "credentials": _KEYS,
        }
        async with connected_shops(read_entries([entry]), _Noon()) as (shop,):
            yield shop


async def _changed(site: _Site, since: datetime, until: datetime) -> list[str]:
    async with _shop(site) as shop:
        assert isinstance(shop, ListsChangedOrders)
        return [order.number async for order in shop.changed_orders(since, until)]


async def test_an_order_that_moves_on_between_two_pages_hides_no_other() -> None:
    site = _Site({number: NOW - timedelta(minutes=number) for number in range(1, 251)}, moves=5)

    found = await _changed(site, NOW - timedelta(hours=10), NOW)

    assert {str(number) for number in range(1, 251)} - {"5"} <= set(found)


async def test_the_start_belongs_to_a_window_and_its_end_does_not() -> None:
    start, end = NOW - timedelta(minutes=10), NOW - timedelta(minutes=5)
    site = _Site({1: start - timedelta(seconds=1), 2: start, 3: end - timedelta(seconds=1), 4: end})

    assert await _changed(site, start, end) == ["2", "3"]


async def test_a_start_between_two_seconds_loses_nothing() -> None:
    start = NOW - timedelta(minutes=10)

    assert await _changed(_Site({1: start}), start + timedelta(milliseconds=400), NOW) == ["1"]


async def test_times_are_asked_for_in_gmt() -> None:
    site = _Site({})
    beijing = (NOW - timedelta(hours=1)).astimezone()

    await _changed(site, beijing, NOW)

    (asked,) = site.asked
    assert asked["modified_after"] == "2026-11-22T10:59:59"
    assert (asked["dates_are_gmt"], asked["per_page"]) == ("true", "100")


async def test_what_was_never_bought_is_no_order() -> None:
    site = _Site({1: NOW - timedelta(minutes=1)}, status="checkout-draft")

    assert await _changed(site, NOW - timedelta(hours=1), NOW) == []


async def test_an_order_in_another_currency_is_left_out_of_lists_and_told_of_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    since = NOW - timedelta(hours=1)
    site = _Site({number: NOW - timedelta(minutes=1) for number in (1, 2, 3)}, foreign=(1, 3))

    async with _shop(site) as shop:
        assert isinstance(shop, ListsChangedOrders)
        for _ in range(2):
            assert [each.number async for each in shop.changed_orders(since, NOW)] == ["2"]

    (line,) = [each for each in caplog.records if each.message == "shop.orders_left_out"]
    assert (line.shop, line.currency) == ("w", "EUR")  # type: ignore[attr-defined]  # extra fields
    with pytest.raises(Refused):
        async with _shop(site) as shop:
            await shop.order("1")
