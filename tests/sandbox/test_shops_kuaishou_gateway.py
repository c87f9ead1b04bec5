"""The fake Kuaishou lets in and refuses as the real gateway does."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.kuaishou import load_kuaishou
from sandbox.shops.kuaishou.signing import sign
from tests.sandbox.kuaishou_caller import (
    KEYS,
    ask,
    millis,
    query_of,
    refresh,
    refused,
    send,
    sign_in,
    sign_of,
)
from tests.sandbox.shops_world import World, at, open_world, rows

VECTORS = Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json"
ITEMS, ORDERS = "open.item.list.get", "open.order.cursor.list"
REFUNDS = "open.seller.order.refund.pcursor.list"
ASKED = {"pageNumber": 1, "pageSize": 10}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        await sign_in(opened)
        yield opened


def span(world: World, back: timedelta, length: timedelta) -> dict[str, int]:
    """A window that begins so long ago."""
    begin = world.clock.now() - back
    return {"beginTime": millis(begin), "endTime": millis(begin + length)}


def orders(world: World, **changed: object) -> dict[str, object]:
    """What the list of orders wants, for the last week."""
    week = span(world, timedelta(days=7), timedelta(days=7))
    return {"orderViewStatus": 1, "pageSize": 50, "cursor": "", **week, **changed}


def test_every_known_signature_is_reproduced() -> None:
    cases = json.loads(VECTORS.read_text())["kuaishou"]["cases"]
    assert len(cases) == 3
    for case in cases:
        params, secret = case["params"], case["signSecret"]
        assert sign(params, secret, "MD5") == case["sign_md5_lower"]
        assert sign(params, secret, "HMAC_SHA256") == case["sign_hmac_sha256_b64"]


async def test_a_right_query_is_answered(world: World) -> None:
    data = await ask(world, ITEMS, **ASKED)
    assert len(rows(data, "items")) == 10
    assert at(data, "totalPage") == 3


@pytest.mark.parametrize(
    "name",
    ["appkey", "method", "version", "timestamp", "access_token", "signMethod", "param", "sign"],
)
async def test_every_common_parameter_is_needed(world: World, name: str) -> None:
    query = query_of(world, ITEMS, ASKED)
    del query[name]
    if name != "sign":
        query["sign"] = sign_of(query)
    assert at(await send(world, ITEMS, query), "result") != 1


@pytest.mark.parametrize(
    "changed",
    [
        {"appkey": "ks1"},
        {"method": ORDERS},
        {"version": "2"},
        {"signMethod": "md5"},
        {"access_token": "another"},
        {"timestamp": "1763740900"},
        {"timestamp": "now"},
        {"uid": "1"},
        {"param": "[]"},
        {"param": "{"},
    ],
)
async def test_a_wrong_common_parameter_is_refused_though_signed(
    world: World, changed: dict[str, str]
) -> None:
    answer = await send(world, ITEMS, query_of(world, ITEMS, ASKED, **changed))
    assert at(answer, "result") != 1
    assert at(answer, "error_msg")


async def test_a_signature_by_the_app_secret_or_of_other_words_is_refused(world: World) -> None:
    query = query_of(world, ITEMS, ASKED)
    upper = query | {"sign": query["sign"].upper()}
    other = query | {"param": json.dumps({**ASKED, "pageNumber": 2})}
    by_the_app = query | {"sign": sign(query, KEYS.app_secret, "MD5")}
    for wrong in (upper, other, by_the_app):
        assert at(await send(world, ITEMS, wrong), "result") == 14


async def test_the_other_way_of_signing_is_taken_too(world: World) -> None:
    query = query_of(world, ITEMS, ASKED, signMethod="HMAC_SHA256")
    query["sign"] = sign(query, KEYS.sign_secret, "HMAC_SHA256")
    assert at(await send(world, ITEMS, query), "result") == 1


async def test_a_call_must_be_a_get_of_the_methods_own_path(world: World) -> None:
    query = query_of(world, ITEMS, ASKED)
    assert at(await send(world, ORDERS, query), "result") != 1
    async with world.client.post("/kuaishou/open/item/list/get", params=query) as response:
        assert response.status == 405


async def test_a_clock_that_is_wrong_is_not_let_in(world: World) -> None:
    query = query_of(world, ITEMS, ASKED)
    world.clock.turn(timedelta(minutes=11))
    assert at(await send(world, ITEMS, query), "error_msg") == "timestamp无效"


async def test_an_access_token_ends_after_two_days(world: World) -> None:
    world.clock.turn(timedelta(hours=47))
    assert await ask(world, ITEMS, **ASKED)
    world.clock.turn(timedelta(hours=49))
    assert await refused(world, ITEMS, **ASKED) == (24, "TOKEN过期")


async def test_a_refresh_token_is_good_for_one_refresh(world: World) -> None:
    again = await refresh(world)
    assert (at(again, "result"), at(again, "error_msg")) == (100200102, "refreshToken.discarded")
    assert at(await refresh(world, "nonsense"), "error_msg") == "invalid refresh_token"


async def test_no_refresh_moves_the_end_of_the_authorisation() -> None:
    async with open_world() as world:
        first = await refresh(world)
        assert at(first, "expires_in") == 172_800
        assert at(first, "refresh_token_expires_in") == 180 * 86_400
        world.clock.turn(timedelta(days=100))
        second = await refresh(world, str(at(first, "refresh_token")))
        assert at(second, "refresh_token_expires_in") == 80 * 86_400
        world.clock.turn(timedelta(days=181))
        late = await refresh(world, str(at(second, "refresh_token")))
        assert at(late, "result") == 100200102


@pytest.mark.parametrize(
    ("changed", "result"),
    [
        ({"app_secret": KEYS.sign_secret}, 100200101),
        ({"app_id": "ks1"}, 100200101),
        ({"grant_type": "code"}, 100200104),
        ({"scope": "merchant_order"}, 100200100),
    ],
)
async def test_the_token_office_refuses_a_wrong_form(
    world: World, changed: dict[str, str], result: int
) -> None:
    assert at(await refresh(world, **changed), "result") == result


@pytest.mark.parametrize(
    "changed",
    [
        {"pageSize": 51},
        {"pageSize": "50"},
        {"orderViewStatus": None},
        {"orderViewStatus": 8},
        {"cursor": None},
        {"cursor": "page2"},
        {"queryType": 3},
        {"sort": 0},
        {"currentPage": 1},
        {"buyerOpenId": "f1a7c3d95e60824b7710ce3a"},
    ],
)
async def test_the_list_of_orders_refuses_what_it_does_not_know(
    world: World, changed: dict[str, object]
) -> None:
    asked = {key: value for key, value in orders(world, **changed).items() if value is not None}
    assert (await refused(world, ORDERS, **asked))[0] == 2001


async def test_windows_have_their_longest_and_their_oldest(world: World) -> None:
    ms = timedelta(milliseconds=2)
    week, day = timedelta(days=7), timedelta(days=1)
    of_refunds = {"type": 9, "pageSize": 100, "currentPage": 1, "pcursor": ""}

    for method, asked, longest in ((ORDERS, orders(world), week), (REFUNDS, of_refunds, day)):
        right = span(world, timedelta(days=80), longest)
        too_long = span(world, timedelta(days=80), longest + ms)
        too_old = span(world, timedelta(days=90) + ms, longest)
        backwards = {"beginTime": right["endTime"], "endTime": right["endTime"]}
        assert await ask(world, method, **{**asked, **right})
        codes = [
            (await refused(world, method, **{**asked, **wrong}))[0]
            for wrong in (too_long, too_old, backwards)
        ]
        assert codes == [300019, 300005, 300003]


@pytest.mark.parametrize("sort", [1, 2])
async def test_a_cursor_leads_through_all_pages_and_loses_nothing_that_stays(
    world: World, sort: int
) -> None:
    asked = orders(world, pageSize=2, queryType=2, sort=sort)
    whole = await ask(world, ORDERS, **{**asked, "pageSize": 50})
    numbers = [at(row, "orderBaseInfo", "oid") for row in rows(whole, "orderList")]
    found: list[object] = []
    cursor: object = ""
    while cursor != "nomore":
        page = await ask(world, ORDERS, **{**asked, "cursor": cursor})
        found += [at(row, "orderBaseInfo", "oid") for row in rows(page, "orderList")]
        if cursor == "" and sort == 2:
            gone = {"number": str(numbers[0]), "status": "70"}
            world.clock.turn(timedelta(seconds=1))
            await world.control("kuaishou", order=gone)
        cursor = at(page, "cursor")

    assert found == numbers
    assert len(numbers) > 6


async def test_orders_tell_fen_milliseconds_and_masks(world: World) -> None:
    order = await ask(world, "open.order.detail", oid=2532401187650913)
    base = at(order, "orderBaseInfo")
    assert (at(base, "totalFee"), at(base, "discountFee"), at(base, "recvTime")) == (57600, 2000, 0)
    assert at(base, "payTime") == millis(world.clock.now() - timedelta(days=2.39))
    assert at(order, "orderAddress", "desensitiseMobile") == "159****7716"
    assert "15942037716" not in json.dumps(order)
    assert at(order, "orderLogisticsInfo", 0, "expressCode") == 6


async def test_a_carrier_beyond_the_list_is_entered_as_another_one(world: World) -> None:
    order = await ask(world, "open.order.detail", oid=2532107735514028)
    sent = rows(order, "orderLogisticsInfo")
    assert [(each["expressCode"], each["expressNo"]) for each in sent] == [
        (9999, "DPK364409217758")
    ]


async def test_what_does_not_exist_is_refused_with_a_sentence(world: World) -> None:
    assert await refused(world, "open.order.detail", oid=1) == (2002, "订单不存在")
    assert await refused(world, "open.order.detail", oid="1") == (2001, "oid无效")
    assert await refused(world, "open.order.detail") == (2001, "oid无效")
    detail = "open.seller.order.refund.detail"
    assert await refused(world, detail, refundId=1) == (300011, "REFUND ORDER NOT FOUND")


@pytest.mark.parametrize("size", [9, 101])
async def test_products_come_ten_to_a_hundred_a_page(world: World, size: int) -> None:
    assert await refused(world, ITEMS, pageNumber=1, pageSize=size) == (2001, "pageSize无效")


async def test_too_many_calls_a_second_are_refused(world: World) -> None:
    await world.control("kuaishou", rate_limit=2)
    codes = [
        at(await send(world, ITEMS, query_of(world, ITEMS, ASKED)), "result") for _ in range(3)
    ]
    assert codes == [1, 1, 802006]


def test_the_seeds_fit_the_catalogue() -> None:
    seeds, products = load_kuaishou(), {product.key: product for product in load_catalog()}
    assert len(seeds.listings) >= 22
    for key, listing in seeds.listings.items():
        if isinstance(listing.stock, list):
            assert len(listing.stock) == len(products[key].variants()), key
    assert len({listing.item_id for listing in seeds.listings.values()}) == len(seeds.listings)
    assert {order.buyer for order in seeds.orders} == {buyer.key for buyer in seeds.buyers}
    assert all(len(order.lines) == 1 for order in seeds.orders)
    assert {order.status for order in seeds.orders} == {"10", "30", "40", "50", "70", "80"}
    numbers = [refund.id for order in seeds.orders for refund in order.refunds]
    assert len(set(numbers)) == len(numbers)
