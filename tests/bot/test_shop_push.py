"""A shop's push is thanked for when it is signed, and turned away when it is not."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import REGISTRY

from bot.server import build_app
from bot.shop_push import push_routes
from desk.kernel.errors import Unavailable
from desk.shops.events import ShopEvent
from integrations.platform import ShopEntry

YOUZAN = ShopEntry("yz", "youzan", "有赞商城", "", {"client_id": "c1", "client_secret": "s1"})
TMALL = ShopEntry("tm", "taobao", "天猫旗舰店", "", {})
SHIPPED = '{"msg_id":"m1","type":"trade_TradeSellerShip","id":"E2026","version":1}'
KEPT: list[tuple[ShopEvent, ...]] = []
Door = TestClient[web.Request, web.Application]


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with _door(KEPT.append) as client:
        yield client


@asynccontextmanager
async def _door(kept: Callable[[tuple[ShopEvent, ...]], None]) -> AsyncIterator[Door]:
    async def keep(events: tuple[ShopEvent, ...]) -> None:
        kept(events)

    server = TestServer(build_app(push_routes((YOUZAN, TMALL), keep)), host="127.0.0.1")
    async with TestClient(server) as client:
        yield client


def signed(body: str, secret: str = "s1") -> dict[str, str]:
    joined = f"c1{body}{secret}".encode()
    return {"Event-Sign": hashlib.md5(joined, usedforsecurity=False).hexdigest()}


def counted(end: str) -> float:
    return REGISTRY.get_sample_value("zhanggui_shop_pushes_total", {"shop": "yz", "end": end}) or 0


async def test_a_signed_push_hears_the_thanks_that_stop_its_repeats(door: Door) -> None:
    before = counted("ok")
    KEPT.clear()
    answer = await door.post("/shops/yz/webhook", data=SHIPPED, headers=signed(SHIPPED))
    assert answer.status == 200
    assert await answer.json() == {"code": 0, "msg": "success"}
    assert counted("ok") == before + 1
    assert [event.id for events in KEPT for event in events] == ["m1"]


async def test_a_push_that_cannot_be_kept_is_not_thanked_for() -> None:
    def full(_events: tuple[ShopEvent, ...]) -> None:
        raise Unavailable("database.away", "数据库暂时不可用")

    before = counted("not_kept")
    async with _door(full) as door:
        answer = await door.post("/shops/yz/webhook", data=SHIPPED, headers=signed(SHIPPED))
    assert answer.status == 503
    assert counted("not_kept") == before + 1


async def test_a_push_with_another_secret_is_turned_away(door: Door) -> None:
    before = counted("forged")
    answer = await door.post("/shops/yz/webhook", data=SHIPPED, headers=signed(SHIPPED, "s2"))
    assert (answer.status, await answer.text()) == (403, "")
    assert counted("forged") == before + 1


async def test_a_signed_push_that_says_nothing_is_told_so(door: Door) -> None:
    answer = await door.post("/shops/yz/webhook", data="[]", headers=signed("[]"))
    assert answer.status == 400


@pytest.mark.parametrize("shop", ["tm", "nobody"])
async def test_a_shop_that_pushes_nothing_has_no_such_door(door: Door, shop: str) -> None:
    answer = await door.post(f"/shops/{shop}/webhook", data=SHIPPED, headers=signed(SHIPPED))
    assert answer.status == 404
