"""Orders, parcels, members and coupons of a person in several shops."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from desk.kernel.errors import AuthExpired
from desk.shops.answers import AnswerState, Why
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.shops.line import FloorSettings
from desk.shops.port import BuyerId
from desk.shops.powers import Member
from tests.desk.shops.house import HANGS, SETTINGS, House
from tests.desk.shops.shelf import (
    PARCEL,
    START,
    GenerousShop,
    HandClock,
    ShelfShop,
    order,
    unavailable,
)


@pytest.mark.parametrize("written", ["e1", " E1 ", "Ｅ１"])
async def test_an_order_number_may_be_written_as_people_write(house: House, written: str) -> None:
    assert (await house.floor.order(written)).value == house.yz.orders[0]


async def test_an_order_is_found_without_waiting_for_a_shop_that_hangs(house: House) -> None:
    house.yz.delay = HANGS
    patient = ShopFloor(
        (house.yz, house.tm), house.clock, house.cache, FloorSettings(deadline=timedelta(minutes=1))
    )
    started = asyncio.get_running_loop().time()

    answer = await patient.order("26")
    await patient.close()

    assert asyncio.get_running_loop().time() - started < HANGS / 3
    assert (answer.shop, answer.state) == ("tm", AnswerState.FRESH)
    assert answer.value == house.tm.orders[0]


async def test_an_order_that_nobody_has_is_a_sure_no(house: House) -> None:
    answer = await house.floor.order("none")

    assert (answer.is_known, answer.value) == (True, None)


async def test_no_shop_with_the_order_is_no_sure_no_while_one_is_silent(house: House) -> None:
    house.yz.failure = AuthExpired("x", "x")

    answer = await house.floor.order("none")

    assert (answer.is_known, answer.shop_name, answer.why) == (
        False,
        "有赞商城",
        Why.AUTH_EXPIRED,
    )


async def test_an_order_seen_before_is_shown_with_its_age(house: House) -> None:
    await house.floor.order("E1")
    house.clock.turn(timedelta(minutes=3))
    house.yz.failure = unavailable()

    answer = await house.floor.order("E1")

    assert (answer.state, answer.as_of) == (AnswerState.STALE, START)
    assert answer.value == house.yz.orders[0]


async def test_that_there_is_no_order_is_never_remembered(house: House) -> None:
    await house.floor.order("E2")
    house.yz.failure = unavailable()

    assert not (await house.floor.order("E2")).is_known


async def test_one_persons_orders_in_two_shops_are_asked_at_once(house: House) -> None:
    house.yz.orders = (order("yz", "E1"), order("yz", "E0", timedelta(days=20)))
    house.tm.failure = unavailable()

    yz, tm = await house.floor.orders_of(
        (BuyerId("yz", "buyer"), BuyerId("tm", "buyer")), START - timedelta(days=10)
    )

    assert yz.value is not None
    assert [each.number for each in yz.value] == ["E1"]
    assert tm.state is AnswerState.UNREACHABLE


async def test_the_parcels_of_an_order_are_asked_of_its_shop(house: House) -> None:
    answer = await house.floor.parcels(house.tm.orders[0])

    assert answer.value == (PARCEL,)
    assert house.yz.calls["parcels"] == 0


async def test_an_order_of_a_shop_that_is_no_longer_connected_is_unreachable(
    house: House,
) -> None:
    answer = await house.floor.parcels(order("jd", "1"))

    assert (answer.state, answer.why) == (AnswerState.UNREACHABLE, Why.REFUSED)


@pytest.fixture
async def generous() -> AsyncIterator[tuple[ShopFloor, GenerousShop]]:
    clock = HandClock()
    shop = GenerousShop("yz")
    floor = ShopFloor((ShelfShop("tm"), shop), clock, MemoryCache(clock), SETTINGS)
    yield floor, shop
    await floor.close()


async def test_members_are_asked_where_the_shop_knows_them(
    generous: tuple[ShopFloor, GenerousShop],
) -> None:
    floor, _ = generous

    member = await floor.member(BuyerId("yz", "buyer"))
    stranger = await floor.member(BuyerId("yz", "stranger"))
    elsewhere = await floor.member(BuyerId("tm", "buyer"))

    assert member.value == Member("金卡会员", 12)
    assert (stranger.is_known, stranger.value) == (True, None)
    assert (elsewhere.is_known, elsewhere.value) == (True, None)


async def test_a_wecom_customer_is_bridged_by_the_shops_that_can(
    generous: tuple[ShopFloor, GenerousShop],
) -> None:
    floor, _ = generous

    (answer,) = await floor.buyer_of("wm1")
    (unknown,) = await floor.buyer_of("stranger")

    assert answer.value == BuyerId("yz", "b-wm1")
    assert (unknown.is_known, unknown.value) == (True, None)


async def test_whether_a_coupon_is_held_is_never_answered_from_memory(
    generous: tuple[ShopFloor, GenerousShop],
) -> None:
    floor, shop = generous
    buyer = BuyerId("yz", "buyer")
    issuer = floor.issuer("yz")
    assert issuer is not None
    before = await floor.holds_coupon("9001", buyer)
    await issuer.issue_coupon("9001", buyer)
    after = await floor.holds_coupon("9001", buyer)
    shop.failure = unavailable()

    silent = await floor.holds_coupon("9001", buyer)

    assert (before.value, after.value) == (False, True)
    assert silent.state is AnswerState.UNREACHABLE
    assert floor.issuer("tm") is None
