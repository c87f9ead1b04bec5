"""The fake Pinduoduo lets in and refuses as the real gateway does."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.shops.pinduoduo.signing import message_sign, sign
from tests.sandbox.pinduoduo_world import (
    KEYS,
    ROUTER,
    call,
    code,
    form,
    open_shop,
    send,
    signed,
)
from tests.sandbox.shops_world import World, at

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)
GOODS = "pdd.goods.detail.get"
SHOES = {"goods_id": "583920174402"}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_shop() as opened:
        yield opened


def test_every_known_signature_is_reproduced() -> None:
    for case in VECTORS["pinduoduo"]["cases"]:
        assert sign(case["params"], case["secret"]) == case["sign"], case["name"]
    for case in VECTORS["pinduoduo_pmc_ws"]["cases"]:
        made = message_sign(case["client_id"], case["millis"], case["secret"])
        assert made == case["sig"]


async def test_a_signed_form_is_answered_under_the_methods_own_name(world: World) -> None:
    answer = await call(world, GOODS, **SHOES)
    assert at(answer, "goods_detail_get_response", "goods_id") == 583920174402
    assert at(answer, "goods_detail_get_response", "request_id")


async def test_json_is_taken_as_well_as_a_form(world: World) -> None:
    async with world.client.post(ROUTER, json=signed(form(world, GOODS, **SHOES))) as response:
        assert at(await response.json(), "goods_detail_get_response", "goods_id") == 583920174402


@pytest.mark.parametrize("left_out", ["type", "client_id", "timestamp", "sign", "access_token"])
async def test_a_missing_public_parameter_is_refused(world: World, left_out: str) -> None:
    params = form(world, GOODS, **SHOES)
    params.pop(left_out, None)
    answer = await send(world, params if left_out == "sign" else signed(params))
    assert code(answer) == 10001
    assert left_out in str(at(answer, "error_response", "error_msg"))


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"client_id": "0"}, 10016),
        ({"type": "pdd.no.such.thing"}, 10017),
        ({"access_token": "stolen"}, 10019),
        ({"data_type": "XML"}, 10001),
        ({"version": "V9"}, 10001),
        ({"timestamp": "yesterday"}, 10001),
        ({"goods_id": ""}, 10001),
        ({"goods_id": "shoes"}, 10000),
        ({"goods_id": "1"}, 50001),
    ],
)
async def test_what_is_wrong_has_its_own_code(
    world: World, wrong: dict[str, str], expected: int
) -> None:
    assert code(await call(world, GOODS, **{**SHOES, **wrong})) == expected


async def test_milliseconds_are_no_timestamp(world: World) -> None:
    millis = f"{world.clock.timestamp()}000"
    assert code(await call(world, GOODS, **SHOES, timestamp=millis)) == 10001


@pytest.mark.parametrize("change", [{"goods_id": "583920174419"}, {"extra": "1"}])
async def test_what_was_not_signed_so_is_refused(world: World, change: dict[str, str]) -> None:
    answer = await send(world, {**signed(form(world, GOODS, **SHOES)), **change})
    assert code(answer) == 20004


async def test_another_secret_or_lower_case_is_no_signature(world: World) -> None:
    params = form(world, GOODS, **SHOES)
    right = signed(params)
    assert code(await send(world, signed(params, "another"))) == 20004
    assert code(await send(world, {**right, "sign": right["sign"].lower()})) == 20004


@pytest.mark.parametrize(("minutes", "let_in"), [(-9, True), (9, True), (-11, False), (11, False)])
async def test_the_timestamp_may_be_ten_minutes_off(
    world: World, minutes: int, let_in: bool
) -> None:
    stamp = str(world.clock.timestamp() + minutes * 60)
    answer = await call(world, GOODS, **SHOES, timestamp=stamp)
    assert ("goods_detail_get_response" in str(answer)) is let_in


async def test_a_refresh_rotates_both_tokens_and_moves_no_end(world: World) -> None:
    asked = form(world, "pdd.pop.auth.token.refresh", refresh_token=KEYS.refresh_token)
    del asked["access_token"]
    first = at(await send(world, signed(asked)), "pop_auth_token_refresh_response")
    world.clock.turn(timedelta(days=100))

    assert code(await call(world, GOODS, **SHOES)) == 10019
    asked["timestamp"] = str(world.clock.timestamp())
    assert code(await send(world, signed(asked))) == 10019

    asked["refresh_token"] = str(at(first, "refresh_token"))
    second = at(await send(world, signed(asked)), "pop_auth_token_refresh_response")
    assert at(second, "expires_at") == at(first, "expires_at")
    token = str(at(second, "access_token"))
    assert "goods_detail" in str(await call(world, GOODS, **SHOES, access_token=token))


async def test_after_the_authorisation_nothing_helps(world: World) -> None:
    world.clock.turn(timedelta(days=366))
    asked = form(world, "pdd.pop.auth.token.refresh", refresh_token=KEYS.refresh_token)
    assert code(await call(world, GOODS, **SHOES)) == 10019
    assert code(await send(world, signed(asked))) == 10019


async def test_a_method_has_as_many_calls_as_the_table_says(world: World) -> None:
    now = world.clock.timestamp()
    asked = {
        "after_sales_status": "1",
        "after_sales_type": "1",
        "start_updated_at": str(now - 60),
        "end_updated_at": str(now),
    }
    for _ in range(100):
        answer = await call(world, "pdd.refund.list.increment.get", **asked)
        assert "refund_increment_get_response" in str(answer)
    assert code(await call(world, "pdd.refund.list.increment.get", **asked)) == 70031
    assert "goods_detail" in str(await call(world, GOODS, **SHOES))
    world.clock.turn(timedelta(seconds=11))
    again = await call(world, "pdd.refund.list.increment.get", **asked)
    assert "refund_increment_get_response" in str(again)


async def test_the_list_looks_at_one_filter_only_and_tells_no_prices(world: World) -> None:
    both = await call(world, "pdd.goods.list.get", is_onsale="1", goods_name="学步鞋")
    named = await call(world, "pdd.goods.list.get", goods_name="学步鞋")
    assert at(both, "goods_list_get_response", "total_count") == 26
    assert at(named, "goods_list_get_response", "total_count") == 1
    assert "price" not in json.dumps(named)


async def test_prices_are_fen_and_alone_dearer_than_in_a_group(world: World) -> None:
    answer = await call(world, GOODS, **SHOES)
    sku = at(answer, "goods_detail_get_response", "sku_list", 0)
    assert (at(sku, "multi_price"), at(sku, "price")) == (16900, 17200)
    assert at(sku, "spec", 0, "parent_name") == "颜色"


@pytest.mark.parametrize("size", ["0", "101", "-1", "x"])
async def test_a_page_has_a_hundred_rows_at_most(world: World, size: str) -> None:
    assert code(await call(world, "pdd.goods.list.get", is_onsale="1", page_size=size)) == 10000


async def test_pages_and_pictures_lead_somewhere(world: World) -> None:
    async with world.client.get("/pinduoduo/goods.html?goods_id=583920174402") as response:
        assert response.status == 200
        assert "学步鞋" in await response.text()
    async with world.client.get("/pinduoduo/goods.html?goods_id=../x") as response:
        assert response.status == 404
    async with world.client.get("/pinduoduo/img/583920174402.svg") as response:
        assert response.status == 200
