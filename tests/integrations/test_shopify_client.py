"""How Shopify is asked: versions, points, kinds of refusals, more lines than one answer has."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.port import BuyerId, Shop
from desk.shops.powers import ListsChangedOrders, ListsOrdersOfBuyer
from integrations.catalog import connected_shops, read_entries
from sandbox.clock import Clock
from sandbox.shops.shopify.credentials import ShopifyKeys
from sandbox.shops.shopify.gateway import Gateway
from sandbox.shops.shopify.shop import ShopifyShop

Answer = Callable[[dict[str, Any]], tuple[int, object]]
_KEYS = ShopifyKeys()


def _throttled(missing: int) -> object:
    state = {"maximumAvailable": 2000.0, "currentlyAvailable": 0, "restoreRate": 100.0}
    return {
        "errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}],
        "extensions": {"cost": {"requestedQueryCost": missing, "throttleStatus": state}},
    }


def _items(*titles: str, after: str | None = None) -> object:
    price = {"amount": "9.9", "currencyCode": "CNY"}
    nodes = [
        {
            "id": f"gid://shopify/Product/{place}",
            "title": title,
            "onlineStoreUrl": None,
            "priceRangeV2": {"minVariantPrice": price, "maxVariantPrice": price},
        }
        for place, title in enumerate(titles)
    ]
    page = {"hasNextPage": after is not None, "endCursor": after}
    return {"data": {"products": {"nodes": nodes, "pageInfo": page}}}


@asynccontextmanager
async def _shop(base_url: str, **credentials: str) -> AsyncIterator[Shop]:
    keys = {
        "shop": _KEYS.shop,
        "access_token": _KEYS.access_token,
        "app_secret": _KEYS.app_secret,
        **credentials,
    }
    entry = {"id": "s", "platform": "shopify", "name": "海外站", "base_url": base_url}
    async with connected_shops(read_entries([{**entry, "credentials": keys}]), Clock()) as (shop,):
        yield shop


@asynccontextmanager
async def _scripted(answer: Answer, **credentials: str) -> AsyncIterator[Shop]:
    async def take(request: web.Request) -> web.Response:
        sent = {"path": request.path, "headers": request.headers, **await request.json()}
        status, body = answer(sent)
        return web.json_response(body, status=status)

    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    async with (
        TestServer(app, host="127.0.0.1") as server,
        _shop(str(server.make_url("/")), **credentials) as shop,
    ):
        yield shop


async def test_the_version_of_the_entry_stands_in_the_address_and_the_token_in_its_header() -> None:
    asked: list[dict[str, Any]] = []

    def answer(sent: dict[str, Any]) -> tuple[int, object]:
        asked.append(sent)
        return 200, _items("鞋")

    async with _scripted(answer, api_version="2027-01") as shop:
        await shop.find_items("")

    (sent,) = asked
    assert sent["path"] == "/admin/api/2027-01/graphql.json"
    assert sent["headers"]["X-Shopify-Access-Token"] == _KEYS.access_token


async def test_pages_are_followed_by_their_cursors() -> None:
    def answer(sent: dict[str, Any]) -> tuple[int, object]:
        if sent["variables"]["after"] is None:
            return 200, _items("鞋", "袜", after="c1")
        assert sent["variables"]["after"] == "c1"
        return 200, _items("帽")

    async with _scripted(answer) as shop:
        assert [item.title for item in await shop.find_items("")] == ["鞋", "袜", "帽"]


async def test_a_cursor_that_stands_still_is_an_error_and_not_a_short_list() -> None:
    async with _scripted(lambda _: (200, _items("鞋", after="c1"))) as shop:
        with pytest.raises(Unavailable):
            await shop.find_items("")


async def test_the_list_of_products_is_asked_for_once_a_minute() -> None:
    calls: list[object] = []

    def answer(sent: dict[str, Any]) -> tuple[int, object]:
        calls.append(sent)
        return 200, _items("学步鞋", "袜")

    async with _scripted(answer) as shop:
        assert len(await shop.find_items("")) == 2
        assert [item.title for item in await shop.find_items("鞋")] == ["学步鞋"]

    assert len(calls) == 1


async def test_points_that_are_soon_back_are_waited_for_once() -> None:
    answers = [(200, _throttled(20)), (200, _items("鞋"))]

    async with _scripted(lambda _: answers.pop(0)) as shop:
        assert len(await shop.find_items("")) == 1


async def test_points_that_would_come_too_late_are_not_waited_for() -> None:
    calls: list[object] = []

    def answer(sent: dict[str, Any]) -> tuple[int, object]:
        calls.append(sent)
        return 200, _throttled(900)

    async with _scripted(answer) as shop:
        with pytest.raises(Unavailable):
            await shop.find_items("")

    assert len(calls) == 1


def _error(code: str) -> object:
    return {"errors": [{"message": "no", "extensions": {"code": code}}]}


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {"errors": "[API] Invalid API key or access token"}, AuthExpired),
        (403, {"errors": "Forbidden"}, AuthExpired),
        (402, {"errors": "Payment Required"}, Refused),
        (423, {"errors": "Locked"}, Refused),
        (404, {"errors": "Not Found"}, Refused),
        (429, {"errors": "Too many"}, Unavailable),
        (503, {}, Unavailable),
        (200, _error("ACCESS_DENIED"), Refused),
        (200, _error("MAX_COST_EXCEEDED"), Refused),
        (200, _error("undefinedField"), Refused),
        (200, _error("INTERNAL_SERVER_ERROR"), Unavailable),
        (200, _error("TIMEOUT"), Unavailable),
        (200, {"data": None}, Unavailable),
        (200, {"errors": "odd"}, Unavailable),
    ],
)
async def test_each_refusal_is_of_its_kind(
    status: int, body: object, kind: type[Exception]
) -> None:
    async with _scripted(lambda _: (status, body)) as shop:
        with pytest.raises(kind) as caught:
            await shop.find_items("")

    assert isinstance(caught.value, Unavailable) == (kind is Unavailable)
    assert _KEYS.access_token not in str(caught.value)


async def test_an_order_of_more_lines_than_one_answer_has_is_read_whole() -> None:
    fake = ShopifyShop(Clock(), _KEYS)
    order = fake.ledger.order("10495")
    assert order is not None
    order.lines = [
        replace(line, oid=f"{line.oid}{copy}") for copy in range(60) for line in order.lines
    ]
    async with (
        TestServer(Gateway(fake).application(), host="127.0.0.1") as server,
        _shop(str(server.make_url("/"))) as shop,
    ):
        found = await shop.order("10495")

    assert found is not None
    assert len(found.lines) == 120
    assert found.payment == sum(line.price for line in found.lines)


async def test_what_is_asked_stays_below_the_limit_of_one_question() -> None:
    fake = ShopifyShop(Clock(), _KEYS)
    async with (
        TestServer(Gateway(fake).application(), host="127.0.0.1") as server,
        _shop(str(server.make_url("/"))) as shop,
        aiohttp.ClientSession() as session,
    ):
        await shop.find_items("")
        await shop.stock((await shop.find_items(""))[0].id)
        await shop.order("10490")
        async with session.get(server.make_url("/_control")) as response:
            calls = (await response.json())["calls"]

    assert calls == {"products": 1, "product": 1, "shop": 1, "orders": 1, "order": 1}


async def test_an_order_in_another_currency_is_left_out_of_lists_and_told_of_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now = Clock().now()
    since = now - timedelta(hours=1)
    orders = {"1": "USD", "2": "CNY", "3": "USD"}
    at = (now - timedelta(minutes=1)).isoformat(timespec="seconds")

    def answer(sent: dict[str, Any]) -> tuple[int, object]:
        if "id" not in sent["variables"]:
            times = {"createdAt": at, "updatedAt": at}
            nodes = [{"id": number, "name": number, **times} for number in orders]
            return 200, {"data": {"orders": {"nodes": nodes, "pageInfo": {"hasNextPage": False}}}}
        number = sent["variables"]["id"]
        return 200, {"data": {"order": _order(number, at, orders[number])}}

    async with _scripted(answer) as shop:
        assert isinstance(shop, ListsChangedOrders)
        for _ in range(2):
            assert [each.number async for each in shop.changed_orders(since, now)] == ["2"]
        assert isinstance(shop, ListsOrdersOfBuyer)
        assert len(await shop.orders_of(BuyerId("s", "7"), since)) == 1
        with pytest.raises(Refused):
            await shop.order("1")

    (line,) = [each for each in caplog.records if each.message == "shop.orders_left_out"]
    assert (line.shop, line.currency) == ("s", "USD")  # type: ignore[attr-defined]  # extra fields


def _order(number: str, at: str, currency: str) -> dict[str, object]:
    return {
        "id": number,
        "name": number,
        "createdAt": at,
        "updatedAt": at,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "UNFULFILLED",
        "totalPriceSet": {"shopMoney": {"amount": "9.9", "currencyCode": currency}},
        "lineItems": {"nodes": [], "pageInfo": {"hasNextPage": False}},
    }
