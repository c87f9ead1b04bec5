"""The safety net finds what no push told, and never takes for done what broke off."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from typing_extensions import override

from bot.sync.booking import Booking
from bot.sync.puller import PullPlan, ShopPuller
from desk.handbook import plain_handbook
from desk.kernel.errors import Unavailable
from desk.shops.port import Order, OrderStatus
from desk.store.database import Database
from tests.bot.sync.shop_desk import ListingShop, an_order, floor_of
from tests.clocks import NOON, FrozenClock
from tests.fakes.staff import FakeStaff

PLAN = PullPlan(backfill=timedelta(days=2))


@pytest.fixture
def shop() -> ListingShop:
    return ListingShop("jd", "京东旗舰店")


@pytest.fixture
async def puller(
    library: Database, clock: FrozenClock, shop: ListingShop
) -> AsyncIterator[ShopPuller]:
    floor = floor_of(shop, clock, library)
    yield ShopPuller(
        library, floor, Booking(library, plain_handbook(FakeStaff()), clock), clock, PLAN
    )
    await floor.close()


async def booked(library: Database, number: str) -> OrderStatus | None:
    found = await library.book.booked("jd", number)
    return found.order.status if found is not None else None


async def test_the_first_pull_goes_back_and_later_ones_overlap(
    puller: ShopPuller, shop: ListingShop, clock: FrozenClock, library: Database
) -> None:
    shop.orders = [an_order("J1", NOON - timedelta(days=1))]
    await puller.pull_if_due(shop, shop)
    first = list(shop.asked)
    shop.asked.clear()
    clock.turn(timedelta(minutes=1))
    await puller.pull_if_due(shop, shop)

    assert await booked(library, "J1") is OrderStatus.PAID
    assert first[0][0] <= NOON - PLAN.backfill
    assert all(first[at][1] == first[at + 1][0] for at in range(len(first) - 1))
    assert shop.asked == [(NOON - PLAN.overlap, clock.now())]


async def test_a_change_that_the_index_showed_late_is_found_in_the_overlap(
    puller: ShopPuller, shop: ListingShop, clock: FrozenClock, library: Database
) -> None:
    await puller.pull_if_due(shop, shop)
    shop.orders = [an_order("J1", NOON - timedelta(minutes=3))]
    clock.turn(timedelta(minutes=1))
    await puller.pull_if_due(shop, shop)

    assert await booked(library, "J1") is OrderStatus.PAID


async def test_a_pull_that_breaks_off_begins_again_where_it_was_sure(
    puller: ShopPuller, shop: ListingShop, clock: FrozenClock, library: Database
) -> None:
    shop.orders = [an_order(f"J{n}", NOON - timedelta(hours=20 * n)) for n in (2, 1)]
    shop.breaks_after = 0
    await puller.pull_if_due(shop, shop)
    (failed,) = await library.sync.health(clock.now())
    shop.breaks_after = -1
    clock.turn(timedelta(minutes=5))
    await puller.pull_if_due(shop, shop)
    (well,) = await library.sync.health(clock.now())

    assert failed.pull is not None
    assert (failed.pull.failures, failed.pull.error) == (1, "unavailable jd.connection")
    assert well.pull is not None
    assert (well.pull.failures, well.pull.error) == (0, "")
    assert well.pull.last_success == clock.now()
    assert [await booked(library, f"J{n}") for n in (1, 2)] == [OrderStatus.PAID] * 2


async def test_a_shop_that_fails_waits_longer_each_time(
    puller: ShopPuller, shop: ListingShop, clock: FrozenClock
) -> None:
    shop.failure = Unavailable("jd.timeout", "没有回应")
    tries = 0
    for _ in range(60):
        before = len(shop.asked)
        await puller.pull_if_due(shop, shop)
        tries += len(shop.asked) > before
        clock.turn(timedelta(seconds=30))

    assert 3 <= tries <= 6


async def test_two_processes_do_not_pull_one_shop_at_once(
    puller: ShopPuller, shop: ListingShop, clock: FrozenClock, library: Database
) -> None:
    async with library.open() as books:
        now = clock.now()
        claimed = await books.shop_pulls.claim(
            "jd", now, now + timedelta(minutes=5), timedelta(minutes=1), now
        )
    await puller.pull_if_due(shop, shop)

    assert claimed is not None
    assert shop.asked == []


async def test_a_pull_that_gets_on_is_not_taken_over_however_long_it_takes(
    puller: ShopPuller, shop: ListingShop, clock: FrozenClock, library: Database
) -> None:
    numbers = [f"J{n}" for n in range(1, 9)]
    shop.orders = [an_order(number, NOON - timedelta(hours=1)) for number in numbers]
    taken_over: list[str] = []

    class _Slow(ListingShop):
        @override
        async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
            async for order in ListingShop.changed_orders(shop, since, until):
                clock.turn(timedelta(minutes=4))
                now = clock.now()
                async with library.open() as books:
                    if await books.shop_pulls.claim("jd", now, now, timedelta(), now):
                        taken_over.append(order.number)
                yield order

    await puller.pull_if_due(shop, _Slow("jd", "京东旗舰店"))

    assert [await booked(library, number) for number in numbers] == [OrderStatus.PAID] * 8
    assert taken_over == []


async def test_shops_that_can_be_pulled_have_a_loop_each(puller: ShopPuller) -> None:
    loops = puller.loops()

    assert list(loops) == ["pull jd"]
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(loops["pull jd"](), timeout=0.2)
