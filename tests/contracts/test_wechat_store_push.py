"""What the fake WeChat Store pushes passes the real verification, its check of the address too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.shop_push import push_routes
from desk.kernel.errors import Unavailable
from desk.shops.events import ShopEvent, Subject
from integrations.platform import ShopEntry
from sandbox.clock import Clock
from sandbox.shops.wechat_store.credentials import WechatStoreKeys
from sandbox.shops.wechat_store.gateway import Gateway
from sandbox.shops.wechat_store.shop import WechatStoreShop

_NUMBER = "3737588240019308544"
_SHIP = {"number": _NUMBER, "company": "中通快递", "waybill": "78600000000001"}


class Keeper:
    """Keeps what the bot's door believed; the first `refusals` times it cannot."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.events: list[ShopEvent] = []

    async def keep(self, events: tuple[ShopEvent, ...]) -> None:
        """Keep events, or be away."""
        if events and self.refusals:
            self.refusals -= 1
            raise Unavailable("store.away", "数据库暂时没有回应")
        self.events += events


@asynccontextmanager
async def _pushing(keeper: Keeper, **other: str) -> AsyncIterator[str]:
    """The fake in front of the bot's door, whose credentials differ by `other`."""
    keys = WechatStoreKeys()
    credentials = {
        "app_id": keys.app_id,
        "app_secret": keys.app_secret,
        "push_token": keys.push_token,
        "push_aes_key": keys.push_aes_key,
        **other,
    }
    entry = ShopEntry("wechat-store", "wechat_store", "微信小店", "", credentials)
    bot = web.Application()
    bot.add_routes(push_routes([entry], keeper.keep))
    async with TestServer(bot, host="127.0.0.1") as door:
        pushing = WechatStoreKeys(push_url=str(door.make_url("/shops/wechat-store/webhook")))
        fake = Gateway(WechatStoreShop(Clock(), pushing)).application()
        async with TestServer(fake, host="127.0.0.1") as server:
            yield str(server.make_url("/_control"))


async def _wish(url: str, **wish: object) -> list[tuple[int, bool]]:
    """Ask the fake for something: how often each message was sent, and whether it was heard."""
    async with aiohttp.ClientSession() as session, session.post(url, json=wish) as response:
        assert response.status == 200, await response.text()
        answer: dict[str, Any] = await response.json()
        sent = answer["pushed"]
        return [(message["send_count"], message["delivered"]) for message in sent]


async def test_a_shipment_is_pushed_believed_and_thanked_for() -> None:
    keeper = Keeper()
    async with _pushing(keeper) as control:
        pushed = await _wish(control, ship=_SHIP)

    (event,) = keeper.events
    assert (event.shop, event.kind) == ("wechat-store", "channels_ec_order_deliver")
    assert event.about is Subject.ORDER
    assert event.subject_id == event.order_no == _NUMBER
    assert pushed == [(1, True)]


async def test_an_after_sale_and_scarce_stock_are_told_apart() -> None:
    keeper = Keeper()
    async with _pushing(keeper) as control:
        await _wish(
            control, refund={"refund_id": "2000000617390258", "status": "PLATFORM_REFUNDING"}
        )
        await _wish(control, stock={"item": "10000271850101", "sku": 2573386024, "quantity": 0})

    refund, stock = keeper.events
    assert (refund.about, refund.subject_id) == (Subject.REFUND, "2000000617390258")
    assert refund.order_no == "3737655937102448640"
    assert (stock.about, stock.subject_id) == (Subject.STOCK, "10000271850101")


async def test_what_could_not_be_kept_comes_again_with_the_same_id() -> None:
    keeper = Keeper(refusals=1)
    async with _pushing(keeper) as control:
        await _wish(control, ship=_SHIP)
        await _wish(control, repush=True)

    first, again = keeper.events
    assert first.id == again.id


@pytest.mark.parametrize(
    "other",
    [
        {"push_token": "another"},
        {"push_aes_key": "a" * 43},
        {"app_id": "wx0000000000000000"},
        {"push_token": ""},
    ],
)
async def test_a_push_for_other_credentials_is_not_believed(other: dict[str, str]) -> None:
    keeper = Keeper()
    async with _pushing(keeper, **other) as control:
        await _wish(control, ship=_SHIP)

    assert keeper.events == []
