"""What the fake WooCommerce and the fake Shopify push passes the door of the bot."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.shop_push import push_routes
from desk.kernel.errors import Unavailable
from desk.shops.events import ShopEvent, Subject
from sandbox.clock import Clock
from sandbox.shops.shopify.credentials import ShopifyKeys
from sandbox.shops.shopify.gateway import Gateway as ShopifyGateway
from sandbox.shops.shopify.shop import ShopifyShop
from sandbox.shops.woocommerce.credentials import WooCommerceKeys
from sandbox.shops.woocommerce.gateway import Gateway as WooCommerceGateway
from sandbox.shops.woocommerce.shop import WooCommerceShop
from tests.contracts.cases.shape import ShopCase
from tests.contracts.cases.shopify import SHOPIFY
from tests.contracts.cases.woocommerce import WOOCOMMERCE
from tests.contracts.fake_shops import entry_of


@dataclass(frozen=True, slots=True)
class Hooked:
    """A platform that pushes by webhooks; `secret` is the credential that they are signed with."""

    case: ShopCase
    secret: str
    phone: str
    plain_sku: int
    fake: Callable[[str], web.Application]


HOOKED = (
    Hooked(
        WOOCOMMERCE,
        "webhook_secret",
        "13588216640",
        0,
        lambda url: WooCommerceGateway(
            WooCommerceShop(Clock(), WooCommerceKeys(push_url=url))
        ).application(),
    ),
    Hooked(
        SHOPIFY,
        "app_secret",
        "555-0136",
        46120088314817,
        lambda url: ShopifyGateway(ShopifyShop(Clock(), ShopifyKeys(push_url=url))).application(),
    ),
)
each_platform = pytest.mark.parametrize("hooked", HOOKED, ids=lambda each: each.case.platform)


class Keeper:
    """Keeps what the door believed; the first `refusals` times it cannot."""

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
async def _pushing(hooked: Hooked, keeper: Keeper, **other: str) -> AsyncIterator[str]:
    entry = entry_of(hooked.case, "http://127.0.0.1:1")
    entry = replace(entry, credentials={**entry.credentials, **other})
    bot = web.Application()
    bot.add_routes(push_routes([entry], keeper.keep))
    async with TestServer(bot, host="127.0.0.1") as door:
        address = str(door.make_url(f"/shops/{hooked.case.shop}/webhook"))
        async with TestServer(hooked.fake(address), host="127.0.0.1") as server:
            yield str(server.make_url("/_control"))


async def _wish(url: str, **wish: object) -> list[tuple[int, bool]]:
    async with aiohttp.ClientSession() as session, session.post(url, json=wish) as response:
        assert response.status == 200, await response.text()
        answer: dict[str, Any] = await response.json()
        return [(each["send_count"], each["delivered"]) for each in answer["pushed"]]


def _ship(hooked: Hooked) -> dict[str, str]:
    number = hooked.case.unshipped
    return {"number": number, "company": "中通快递", "waybill": "78600000000001"}


def _stock(hooked: Hooked) -> dict[str, object]:
    return {"item": hooked.case.plain_item.item, "sku": hooked.plain_sku, "quantity": 3}


@each_platform
async def test_a_shipment_and_new_stock_are_pushed_and_believed(hooked: Hooked) -> None:
    keeper = Keeper()
    async with _pushing(hooked, keeper) as control:
        await _wish(control, ship=_ship(hooked))
        pushed = await _wish(control, stock=_stock(hooked))

    order, item = keeper.events
    number = hooked.case.unshipped
    assert (order.about, order.subject_id, order.order_no) == (Subject.ORDER, number, number)
    assert order.version > 0
    assert (item.about, item.subject_id) == (Subject.ITEM, hooked.case.plain_item.item)
    assert hooked.phone not in order.raw
    assert pushed == [(1, True), (1, True)]


@each_platform
async def test_a_push_that_comes_again_is_the_same_event(hooked: Hooked) -> None:
    keeper = Keeper()
    async with _pushing(hooked, keeper) as control:
        await _wish(control, ship=_ship(hooked))
        await _wish(control, repush=True)

    first, again = keeper.events
    assert first.id == again.id


@each_platform
async def test_what_could_not_be_kept_is_not_thanked_for(hooked: Hooked) -> None:
    keeper = Keeper(refusals=1)
    async with _pushing(hooked, keeper) as control:
        first = await _wish(control, ship=_ship(hooked))
        again = await _wish(control, repush=True)

    assert (first, again) == ([(1, False)], [(2, True)])
    assert len(keeper.events) == 1


@each_platform
async def test_a_push_signed_with_another_secret_is_not_believed(hooked: Hooked) -> None:
    keeper = Keeper()
    async with _pushing(hooked, keeper, **{hooked.secret: "another"}) as control:
        pushed = await _wish(control, ship=_ship(hooked))

    assert keeper.events == []
    assert pushed == [(1, False)]


async def test_woocommerce_gives_up_after_five_failures_in_a_row() -> None:
    moved = {"number": WOOCOMMERCE.unshipped, "status": "processing"}
    async with _pushing(HOOKED[0], Keeper(), webhook_secret="another") as control:
        pushed = [await _wish(control, order=moved) for _ in range(8)]

    assert pushed[-1] == [(1, False)] * 6
