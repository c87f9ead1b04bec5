"""What the fake WooCommerce pushes passes the door of the bot, its ping too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.shop_push import push_routes
from desk.shops.events import ShopEvent, Subject
from integrations.platform import ShopEntry
from sandbox.clock import Clock
from sandbox.shops.woocommerce.credentials import WooCommerceKeys
from sandbox.shops.woocommerce.gateway import Gateway
from sandbox.shops.woocommerce.shop import WooCommerceShop

_SHIP = {"number": "58247", "company": "中通快递", "waybill": "78600000000001"}


@asynccontextmanager
async def _pushing(events: list[ShopEvent], secret: str) -> AsyncIterator[str]:
    async def keep(some: tuple[ShopEvent, ...]) -> None:
        events.extend(some)

    entry = ShopEntry("woo-site", "woocommerce", "独立站", "", {"webhook_secret": secret})
    bot = web.Application()
    bot.add_routes(push_routes([entry], keep))
    async with TestServer(bot, host="127.0.0.1") as door:
        keys = WooCommerceKeys(push_url=str(door.make_url("/shops/woo-site/webhook")))
        fake = Gateway(WooCommerceShop(Clock(), keys)).application()
        async with TestServer(fake, host="127.0.0.1") as server:
            yield str(server.make_url("/_control"))


async def _wish(url: str, **wish: object) -> list[tuple[int, bool]]:
    async with aiohttp.ClientSession() as session, session.post(url, json=wish) as response:
        assert response.status == 200, await response.text()
        answer: dict[str, Any] = await response.json()
        return [(each["send_count"], each["delivered"]) for each in answer["pushed"]]


async def test_a_shipment_and_new_stock_are_pushed_and_believed() -> None:
    events: list[ShopEvent] = []
    async with _pushing(events, WooCommerceKeys().webhook_secret) as control:
        await _wish(control, ship=_SHIP)
        pushed = await _wish(control, stock={"item": "475", "quantity": 3})

    order, item = events
    assert (order.about, order.subject_id, order.order_no) == (Subject.ORDER, "58247", "58247")
    assert (item.about, item.subject_id) == (Subject.ITEM, "475")
    assert "13588216640" not in order.raw
    assert pushed == [(1, True), (1, True)]


async def test_a_push_that_is_sent_again_by_hand_is_the_same_event() -> None:
    events: list[ShopEvent] = []
    async with _pushing(events, WooCommerceKeys().webhook_secret) as control:
        await _wish(control, ship=_SHIP)
        await _wish(control, repush=True)

    first, again = events
    assert first.id == again.id


async def test_a_push_signed_with_another_secret_is_not_believed_and_soon_given_up() -> None:
    events: list[ShopEvent] = []
    async with _pushing(events, "another") as control:
        moved = {"number": "58247", "status": "processing"}
        pushed = [await _wish(control, order=moved) for _ in range(8)]

    assert events == []
    assert pushed[-1] == [(1, False)] * 6
