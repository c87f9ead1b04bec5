"""The desk over a real Vendure shop: its falls are bridged, its orders booked without a push."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sync.booking import Booking
from bot.sync.puller import PullPlan, ShopPuller
from desk.handbook import plain_handbook
from desk.kernel.clock import SystemClock
from desk.shops.answers import AnswerState, Why
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.shops.line import FloorSettings
from desk.shops.port import ItemId, OrderStatus, Shop
from desk.shops.powers import ListsChangedOrders
from desk.store.database import Database
from integrations.catalog import connected_shops
from tests.contracts.vendure.world import ACCOUNT, MARKS, BackOffice, Shopper, entry
from tests.fakes.staff import FakeStaff
from tools.vendure.server import VendureServer

pytestmark = MARKS

_SHOES = ItemId("vendure", "1")
_PATIENT = FloorSettings(deadline=timedelta(seconds=8))
"""The machine of a test run may be slower than a customer's patience."""


@pytest.fixture
async def mortal(tmp_path: Path) -> AsyncIterator[VendureServer]:
    """A shop of this test's own, which it may kill."""
    server = VendureServer(tmp_path)
    await server.start()
    yield server
    await server.kill()


async def test_what_a_fallen_shop_said_is_told_with_its_age_until_it_is_back(
    mortal: VendureServer,
) -> None:
    clock = SystemClock()
    async with connected_shops((entry(mortal.url, **ACCOUNT),), clock) as shops:
        floor = ShopFloor(shops, clock, MemoryCache(clock), _PATIENT)
        found = await floor.find("学步鞋")
        assert found.best is not None
        (fresh,) = await floor.stock(found.best)
        await mortal.kill()
        (stale,) = await floor.stock(found.best)
        await mortal.start()
        (back,) = await floor.stock(found.best)
        await floor.close()

    assert fresh.state is back.state is AnswerState.FRESH
    assert (stale.state, stale.why) == (AnswerState.STALE, Why.UNAVAILABLE)
    assert fresh.value == stale.value == back.value
    assert stale.as_of == fresh.as_of


async def test_orders_are_booked_by_the_safety_net_alone(
    shop: Shop, chen: Shopper, office: BackOffice, library: Database
) -> None:
    assert isinstance(shop, ListsChangedOrders)
    clock = SystemClock()
    floor = ShopFloor((shop,), clock, MemoryCache(clock), _PATIENT, book=library.book)
    plan = PullPlan(every=timedelta(), backfill=timedelta(hours=1))
    puller = ShopPuller(
        library, floor, Booking(library, plain_handbook(FakeStaff()), clock), clock, plan
    )
    code = await chen.buy(("9", 2))

    await puller.pull_if_due(shop, shop)
    bought = await library.book.booked("vendure", code)
    await office.send(code, "SF4000")
    await puller.pull_if_due(shop, shop)
    sent = await library.book.booked("vendure", code)
    await floor.close()

    assert bought is not None
    assert sent is not None
    assert [bought.order.status, sent.order.status] == [OrderStatus.PAID, OrderStatus.SHIPPED]
    assert "1380000" not in sent.order.raw
