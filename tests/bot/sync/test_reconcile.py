"""By night the book is compared with each shop, set right, and the flaws are listed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.sync.booking import Booking
from bot.sync.reconcile import Reconciler
from desk.handbook import plain_handbook
from desk.kernel.errors import Unavailable
from desk.kernel.money import Fen
from desk.shops.port import Order, OrderStatus
from desk.store.database import Database
from desk.sync.model import Flaw, Source
from tests.bot.sync.shop_desk import ListingShop, an_order, floor_of
from tests.clocks import NOON, FrozenClock
from tests.fakes.staff import FakeStaff

YESTERDAY = NOON - timedelta(days=1)


@pytest.fixture
def shop() -> ListingShop:
    return ListingShop("jd", "京东旗舰店")


@pytest.fixture
async def reconciler(
    library: Database, clock: FrozenClock, shop: ListingShop
) -> AsyncIterator[Reconciler]:
    floor = floor_of(shop, clock, library)
    yield Reconciler(library, floor, Booking(library, plain_handbook(FakeStaff()), clock), clock)
    await floor.close()


async def book(library: Database, order: Order) -> None:
    async with library.open() as books:
        await books.orders.note(order, Source.PUSH, NOON)


async def test_flaws_are_found_listed_and_set_right(
    reconciler: Reconciler, shop: ListingShop, library: Database, clock: FrozenClock
) -> None:
    right, wrong, lost, gone = (an_order(f"J{n}", YESTERDAY) for n in range(1, 5))
    shop.orders = [right, replace(wrong, payment=Fen(100)), lost]
    for order in (right, wrong, gone):
        await book(library, order)

    await reconciler.run()

    found = await library.sync.differences(NOON, 10)
    assert {(each.number, each.flaw) for each in found} == {
        ("J2", Flaw.DIFFERENT),
        ("J3", Flaw.MISSING),
        ("J4", Flaw.GONE),
    }
    (different,) = [each for each in found if each.flaw is Flaw.DIFFERENT]
    assert (different.ours, different.theirs) == ("paid 16900 1", "paid 100 1")
    for number, payment in (("J1", 16900), ("J2", 100), ("J3", 16900)):
        booked = await library.book.booked("jd", number)
        assert booked is not None
        assert booked.order.payment == payment


async def test_a_night_is_compared_once(
    reconciler: Reconciler, shop: ListingShop, library: Database, clock: FrozenClock
) -> None:
    await reconciler.run()
    asked = len(shop.asked)
    await Reconciler(
        library,
        floor_of(shop, clock, library),
        Booking(library, plain_handbook(FakeStaff()), clock),
        clock,
    ).run()
    clock.turn(timedelta(hours=2))
    await reconciler.run()
    again = len(shop.asked)
    clock.turn(timedelta(days=1))
    await reconciler.run()

    assert asked == again > 0
    assert len(shop.asked) > again


async def test_a_shop_that_cannot_tell_is_compared_when_it_can(
    reconciler: Reconciler, shop: ListingShop, library: Database
) -> None:
    shop.orders = [an_order("J1", YESTERDAY)]
    shop.failure = Unavailable("jd.timeout", "没有回应")
    await reconciler.run()
    nothing = await library.sync.differences(NOON, 10)
    shop.failure = None
    await reconciler.run()

    assert nothing == ()
    assert len(await library.sync.differences(NOON, 10)) == 1


async def test_what_changed_just_now_is_no_flaw(
    reconciler: Reconciler, shop: ListingShop, library: Database
) -> None:
    shop.orders = [an_order("J1", NOON - timedelta(minutes=1))]
    await reconciler.run()

    assert await library.sync.differences(NOON, 10) == ()


async def test_an_order_that_moved_on_while_the_list_was_read_is_no_flaw(
    reconciler: Reconciler, shop: ListingShop, library: Database
) -> None:
    told = an_order("J1", YESTERDAY)
    shop.orders = [told]
    await book(library, replace(told, status=OrderStatus.SHIPPED, updated_at=NOON))

    await reconciler.run()

    assert await library.sync.differences(NOON, 10) == ()
    booked = await library.book.booked("jd", "J1")
    assert booked is not None
    assert booked.order.status is OrderStatus.SHIPPED
