"""The fake Youzan pushes signed messages when the shop changes."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.shops.credentials import Credentials
from sandbox.shops.youzan.push import md5
from tests.sandbox.shops_world import World, at, md5_hex, open_world

VECTORS = Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json"
Received = list[tuple[dict[str, str], str]]


@pytest.fixture
async def inbox() -> AsyncIterator[tuple[str, Received]]:
    received: Received = []

    async def accept(request: web.Request) -> web.Response:
        received.append((dict(request.headers), await request.text()))
        return web.json_response({"code": 0, "msg": "success"})

    app = web.Application()
    app.router.add_post("/hook", accept)
    async with TestServer(app, host="127.0.0.1", port=0) as server:
        yield str(server.make_url("/hook")), received


@pytest.fixture
async def world(inbox: tuple[str, Received]) -> AsyncIterator[World]:
    async with open_world(Credentials(push_url=inbox[0])) as opened:
        yield opened


async def test_a_new_state_is_pushed_signed_over_the_raw_body(
    world: World, inbox: tuple[str, Received]
) -> None:
    order = {"number": "E20261121200119019500065", "status": "WAIT_SELLER_SEND_GOODS"}
    answer = await world.control("youzan", order=order)
    headers, raw = inbox[1][0]
    signed = f"{world.keys.client_id}{raw}{world.keys.client_secret}"
    assert headers["Event-Sign"] == md5_hex(signed)
    assert headers["Event-Type"] == "trade_TradeBuyerPay"
    body = json.loads(raw)
    assert body["id"] == order["number"]
    assert json.loads(unquote(body["msg"]))["tid"] == order["number"]
    old = f"{world.keys.client_id}{body['msg']}{world.keys.client_secret}"
    assert body["sign"] == md5_hex(old)
    assert at(answer, "pushed", 0, "delivered") is True


async def test_a_push_again_keeps_its_id_and_counts_up(
    world: World, inbox: tuple[str, Received]
) -> None:
    refund = {"refund_id": "202611200915420000031002", "status": "SUCCESS"}
    await world.control("youzan", refund=refund)
    await world.control("youzan", repush=True)
    first, second = [json.loads(raw) for _, raw in inbox[1]]
    assert first["type"] == "trade_refund_RefundSuccess"
    assert (first["msg_id"], first["sendCount"] + 1) == (second["msg_id"], second["sendCount"])


async def test_a_later_change_has_a_higher_version(
    world: World, inbox: tuple[str, Received]
) -> None:
    number = "E20261120083015019500089"
    ship = {"number": number, "company": "中通快递", "waybill": "78600000000001"}
    await world.control("youzan", ship=ship)
    await world.control("youzan", order={"number": number, "status": "TRADE_SUCCESS"})
    versions = [json.loads(raw)["version"] for _, raw in inbox[1]]
    assert versions == sorted(versions)
    assert [headers["Event-Type"] for headers, _ in inbox[1]] == [
        "trade_TradeSellerShip",
        "trade_TradeSuccess",
    ]


async def test_a_push_that_is_not_taken_comes_again_until_it_is() -> None:
    bodies: list[dict[str, object]] = []

    async def take_the_third(request: web.Request) -> web.Response:
        bodies.append(json.loads(await request.text()))
        return web.json_response({"code": 0} if len(bodies) == 3 else {"code": 1})

    app = web.Application()
    app.router.add_post("/hook", take_the_third)
    order = {"number": "E20261121200119019500065", "status": "WAIT_SELLER_SEND_GOODS"}
    async with (
        TestServer(app, host="127.0.0.1", port=0) as server,
        open_world(Credentials(push_url=str(server.make_url("/hook")))) as world,
    ):
        await world.control("youzan", order=order)
        for seconds, pushed in ((4, 1), (6, 2), (315, 2), (321, 3), (1281, 3), (7201, 3)):
            world.clock.turn(timedelta(seconds=seconds))
            await asyncio.sleep(0.5)
            assert len(bodies) == pushed

    assert len({body["msg_id"] for body in bodies}) == 1
    assert [body["sendCount"] for body in bodies] == [0, 1, 2]


async def test_without_an_address_nothing_is_pushed() -> None:
    async with open_world(Credentials(push_url="")) as world:
        order = {"number": "E20261121200119019500065", "status": "TRADE_CLOSED"}
        assert at(await world.control("youzan", order=order), "pushed") == []


def test_the_event_sign_matches_the_known_vectors() -> None:
    cases = json.loads(VECTORS.read_text())["youzan_event_sign"]["cases"]
    assert cases
    for case in cases:
        signed = case["client_id"] + case["raw_body"] + case["client_secret"]
        assert md5(signed) == case["event_sign"]
