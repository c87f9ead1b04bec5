"""All shops at once: nobody waits for the slow, nothing old is shown as new."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from desk.kernel.errors import AuthExpired, DeskError, Refused
from desk.kernel.money import Fen
from desk.shops.answers import AnswerState, Why
from desk.shops.cache import MemoryCache
from desk.shops.circuit import CircuitState
from desk.shops.floor import ShopFloor
from desk.shops.line import FloorSettings
from desk.shops.port import BuyerId, ItemId, Member
from desk.shops.products import PriceRange, Product
from tests.desk.shops.shelf import (
    PARCEL,
    START,
    GenerousShop,
    HandClock,
    ShelfShop,
    item,
    order,
    sku,
    unavailable,
)

_SETTINGS = FloorSettings(
    deadline=timedelta(milliseconds=250),
    patience=timedelta(seconds=5),
    failures_to_open=3,
    rest=timedelta(seconds=15),
)
_HANGS = 30.0


class _House:
    """A floor over two shops that sell the same shoes."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.cache = MemoryCache(self.clock)
        self.yz = ShelfShop("yz", (item("yz", "1", "软底婴儿学步鞋 透气防滑"),), "有赞商城")
        self.tm = ShelfShop("tm", (item("tm", "a", "软底婴儿学步鞋 透气防滑"),), "天猫旗舰店")
        self.yz.skus = (sku("yz", "1", 3, "粉色", "22"),)
        self.tm.skus = (sku("tm", "a", 15, "粉色", "22"),)
        self.yz.orders = (order("yz", "E1"),)
        self.tm.orders = (order("tm", "26"),)
        self.floor = self.new_floor()
        self.shoes = Product("学步鞋", (*self.yz.items, *self.tm.items))

    def new_floor(self) -> ShopFloor:
        """Another process over the same shops and the same cache."""
        return ShopFloor((self.yz, self.tm), self.clock, self.cache, _SETTINGS)


@pytest.fixture
async def house() -> AsyncIterator[_House]:
    house = _House()
    yield house
    await house.floor.close()


async def test_every_shop_answers_for_itself(house: _House) -> None:
    yz, tm = await house.floor.stock(house.shoes)

    assert (yz.shop, yz.shop_name, yz.value) == ("yz", "有赞商城", house.yz.skus)
    assert (tm.shop, tm.shop_name, tm.value) == ("tm", "天猫旗舰店", house.tm.skus)
    assert yz.state is tm.state is AnswerState.FRESH
    assert yz.as_of == START


async def test_a_shop_that_hangs_does_not_delay_the_other(house: _House) -> None:
    house.yz.delay = _HANGS
    started = asyncio.get_running_loop().time()

    yz, tm = await house.floor.stock(house.shoes)

    assert asyncio.get_running_loop().time() - started < _HANGS / 3
    assert (yz.state, yz.why, yz.value) == (AnswerState.UNREACHABLE, Why.UNAVAILABLE, None)
    assert tm.value == house.tm.skus


@pytest.mark.parametrize(
    ("failure", "why"),
    [
        (unavailable(), Why.UNAVAILABLE),
        (AuthExpired("x", "x"), Why.AUTH_EXPIRED),
        (Refused("x", "x"), Why.REFUSED),
    ],
)
async def test_a_shop_that_fails_says_why(house: _House, failure: DeskError, why: Why) -> None:
    house.yz.failure = failure

    yz, tm = await house.floor.stock(house.shoes)

    assert (yz.state, yz.why) == (AnswerState.UNREACHABLE, why)
    assert tm.state is AnswerState.FRESH


@pytest.mark.parametrize("failure", [unavailable(), AuthExpired("x", "x")])
async def test_what_a_shop_said_before_stands_in_with_its_age(
    house: _House, failure: DeskError
) -> None:
    await house.floor.stock(house.shoes)
    house.clock.turn(timedelta(minutes=7))
    house.yz.failure = failure

    yz, tm = await house.floor.stock(house.shoes)

    assert yz.state is AnswerState.STALE
    assert yz.value == house.yz.skus
    assert yz.as_of == START
    assert yz.age(house.clock.now()) == timedelta(minutes=7)
    assert yz.why is Why.of(failure)
    assert tm.state is AnswerState.FRESH
    assert tm.age(house.clock.now()) == timedelta(0)


async def test_an_answer_older_than_a_day_no_longer_stands_in(house: _House) -> None:
    await house.floor.stock(house.shoes)
    house.clock.turn(timedelta(hours=25))
    house.yz.failure = unavailable()

    yz, _ = await house.floor.stock(house.shoes)

    assert yz.state is AnswerState.UNREACHABLE


async def test_a_refusal_is_not_covered_up_by_what_was_said_before(house: _House) -> None:
    await house.floor.stock(house.shoes)
    house.yz.failure = Refused("x", "x")

    yz, _ = await house.floor.stock(house.shoes)

    assert (yz.state, yz.why) == (AnswerState.UNREACHABLE, Why.REFUSED)


async def test_equal_questions_at_one_time_are_asked_once(house: _House) -> None:
    house.yz.delay = 0.02

    answers = await asyncio.gather(*(house.floor.stock(house.shoes) for _ in range(50)))

    assert house.yz.calls["stock"] == 1
    assert {each[0].state for each in answers} == {AnswerState.FRESH}


async def test_one_who_gives_up_takes_the_answer_from_nobody(house: _House) -> None:
    house.yz.delay = 0.03
    impatient = asyncio.create_task(house.floor.stock(house.shoes))
    await asyncio.sleep(0.005)
    patient = asyncio.create_task(house.floor.stock(house.shoes))
    await asyncio.sleep(0.005)

    impatient.cancel()

    assert (await patient)[0].state is AnswerState.FRESH
    assert house.yz.calls["stock"] == 1


async def test_a_late_answer_is_kept_for_the_next_question(house: _House) -> None:
    house.yz.delay = 0.4
    first, _ = await house.floor.stock(house.shoes)
    await asyncio.sleep(0.5)

    second, _ = await house.floor.stock(house.shoes)

    assert first.state is AnswerState.UNREACHABLE
    assert (second.state, second.value) == (AnswerState.STALE, house.yz.skus)


async def test_a_shop_that_keeps_failing_is_left_alone_and_then_probed_once(
    house: _House,
) -> None:
    house.yz.failure = unavailable()
    for _ in range(3):
        await house.floor.stock(house.shoes)
    await house.floor.stock(house.shoes)
    assert house.yz.calls["stock"] == 3
    assert house.floor.health()[0].circuit is CircuitState.OPEN

    house.clock.turn(timedelta(seconds=16))
    house.yz.failure = None
    house.yz.delay = 0.02
    other = Product("凉鞋", (item("yz", "2", "凉鞋"),))
    (probe,), (meanwhile,) = await asyncio.gather(
        house.floor.stock(Product("学步鞋", house.yz.items)), house.floor.stock(other)
    )

    assert house.yz.calls["stock"] == 4
    assert probe.state is AnswerState.FRESH
    assert meanwhile.state is AnswerState.UNREACHABLE
    assert house.floor.health()[0].circuit is CircuitState.CLOSED


async def test_a_probe_that_fails_lets_the_shop_rest_again(house: _House) -> None:
    house.yz.failure = unavailable()
    for _ in range(3):
        await house.floor.stock(house.shoes)
    house.clock.turn(timedelta(seconds=16))

    await house.floor.stock(house.shoes)
    await house.floor.stock(house.shoes)

    assert house.yz.calls["stock"] == 4


async def test_a_shop_that_hangs_is_left_alone_too(house: _House) -> None:
    house.yz.delay = _HANGS
    for number in ("1", "2", "3", "4", "5"):
        await house.floor.stock(Product("鞋", (item("yz", number, "鞋"),)))

    assert house.yz.calls["stock"] == 3
    assert house.floor.health()[0].circuit is CircuitState.OPEN


async def test_a_shop_that_refuses_is_not_taken_for_a_shop_that_is_down(house: _House) -> None:
    house.yz.failure = Refused("x", "x")
    for _ in range(10):
        await house.floor.stock(house.shoes)

    assert house.floor.health()[0].circuit is CircuitState.CLOSED


async def test_health_tells_of_each_shop(house: _House) -> None:
    await house.floor.stock(house.shoes)
    house.clock.turn(timedelta(minutes=1))
    house.tm.failure = AuthExpired("x", "x")
    await house.floor.stock(house.shoes)

    yz, tm = house.floor.health()

    assert (yz.error_rate, yz.why, yz.last_success) == ("0%", None, house.clock.now())
    assert (tm.error_rate, tm.why, tm.last_success) == ("50%", Why.AUTH_EXPIRED, START)
    assert (tm.failed, tm.asked) == (1, 2)


async def test_products_are_found_over_all_shops(house: _House) -> None:
    found = await house.floor.find("学步鞋 粉色22码")

    assert found.is_clear
    assert found.best is not None
    assert found.best.ids == (ItemId("yz", "1"), ItemId("tm", "a"))
    assert found.wanted == ("粉色", "22码")
    assert found.silent == ()


async def test_the_list_of_products_is_fetched_once_and_again_when_it_is_old(
    house: _House,
) -> None:
    await asyncio.gather(*(house.floor.find("学步鞋") for _ in range(10)))
    await house.floor.find("凉鞋")
    assert house.yz.calls["find_items"] == 1

    house.yz.items = (*house.yz.items, item("yz", "2", "包头凉鞋"))
    house.clock.turn(timedelta(minutes=6))
    assert (await house.floor.find("凉鞋")).best is None
    await asyncio.sleep(0.01)

    assert (await house.floor.find("凉鞋")).is_clear
    assert house.yz.calls["find_items"] == 2


async def test_the_list_of_a_slow_shop_grows_old_no_more_than_that_of_a_fast_one(
    house: _House,
) -> None:
    await house.floor.find("学步鞋")
    house.yz.delay = 0.4
    house.yz.items = (item("yz", "2", "包头凉鞋"),)
    house.clock.turn(timedelta(minutes=6))
    await house.floor.find("凉鞋")
    await asyncio.sleep(0.5)

    assert (await house.floor.find("凉鞋")).is_clear


async def test_a_shop_whose_products_are_not_known_is_named(house: _House) -> None:
    house.yz.delay = _HANGS

    found = await house.floor.find("学步鞋")

    assert found.silent == ("有赞商城",)
    assert found.best is not None
    assert found.best.ids == (ItemId("tm", "a"),)


async def test_a_list_that_came_late_is_known_to_the_next_question(house: _House) -> None:
    house.yz.delay = 0.4
    first = await house.floor.find("学步鞋")
    await asyncio.sleep(0.5)

    second = await house.floor.find("学步鞋")

    assert first.silent == ("有赞商城",)
    assert second.silent == ()
    assert house.yz.calls["find_items"] == 1


async def test_a_shop_that_hangs_is_waited_for_once_only(house: _House) -> None:
    house.yz.delay = _HANGS
    await house.floor.find("学步鞋")
    started = asyncio.get_running_loop().time()

    for _ in range(5):
        await house.floor.find("学步鞋")

    assert asyncio.get_running_loop().time() - started < 1
    assert house.yz.calls["find_items"] == 1


@pytest.mark.parametrize("written", ["e1", " E1 ", "Ｅ１"])
async def test_an_order_number_may_be_written_as_people_write(house: _House, written: str) -> None:
    assert (await house.floor.order(written)).value == house.yz.orders[0]


async def test_a_new_process_knows_the_products_of_a_shop_that_is_down(house: _House) -> None:
    await house.floor.find("学步鞋")
    house.yz.failure = unavailable()
    fresh = house.new_floor()

    found = await fresh.find("学步鞋")
    await fresh.close()

    assert found.best is not None
    assert found.best.ids == (ItemId("yz", "1"), ItemId("tm", "a"))


async def test_a_product_is_found_by_any_of_its_items(house: _House) -> None:
    product = await house.floor.product_of(ItemId("tm", "a"))

    assert product is not None
    assert product.ids == (ItemId("yz", "1"), ItemId("tm", "a"))
    assert await house.floor.product_of(ItemId("tm", "gone")) is None


async def test_prices_are_the_range_of_the_skus(house: _House) -> None:
    house.tm.failure = unavailable()

    yz, tm = await house.floor.prices(house.shoes)

    assert yz.value == PriceRange(ItemId("yz", "1"), Fen(16900), Fen(16900))
    assert (tm.state, tm.value) == (AnswerState.UNREACHABLE, None)


async def test_an_order_is_found_without_waiting_for_a_shop_that_hangs(house: _House) -> None:
    house.yz.delay = _HANGS
    patient = ShopFloor(
        (house.yz, house.tm), house.clock, house.cache, FloorSettings(deadline=timedelta(minutes=1))
    )
    started = asyncio.get_running_loop().time()

    answer = await patient.order("26")
    await patient.close()

    assert asyncio.get_running_loop().time() - started < _HANGS / 3
    assert (answer.shop, answer.state) == ("tm", AnswerState.FRESH)
    assert answer.value == house.tm.orders[0]


async def test_an_order_that_nobody_has_is_a_sure_no(house: _House) -> None:
    answer = await house.floor.order("none")

    assert (answer.is_known, answer.value) == (True, None)


async def test_no_shop_with_the_order_is_no_sure_no_while_one_is_silent(house: _House) -> None:
    house.yz.failure = AuthExpired("x", "x")

    answer = await house.floor.order("none")

    assert (answer.is_known, answer.shop_name, answer.why) == (
        False,
        "有赞商城",
        Why.AUTH_EXPIRED,
    )


async def test_an_order_seen_before_is_shown_with_its_age(house: _House) -> None:
    await house.floor.order("E1")
    house.clock.turn(timedelta(minutes=3))
    house.yz.failure = unavailable()

    answer = await house.floor.order("E1")

    assert (answer.state, answer.as_of) == (AnswerState.STALE, START)
    assert answer.value == house.yz.orders[0]


async def test_that_there_is_no_order_is_never_remembered(house: _House) -> None:
    await house.floor.order("E2")
    house.yz.failure = unavailable()

    assert not (await house.floor.order("E2")).is_known


async def test_one_persons_orders_in_two_shops_are_asked_at_once(house: _House) -> None:
    house.yz.orders = (order("yz", "E1"), order("yz", "E0", timedelta(days=20)))
    house.tm.failure = unavailable()

    yz, tm = await house.floor.orders_of(
        (BuyerId("yz", "buyer"), BuyerId("tm", "buyer")), START - timedelta(days=10)
    )

    assert yz.value is not None
    assert [each.number for each in yz.value] == ["E1"]
    assert tm.state is AnswerState.UNREACHABLE


async def test_the_parcels_of_an_order_are_asked_of_its_shop(house: _House) -> None:
    answer = await house.floor.parcels(house.tm.orders[0])

    assert answer.value == (PARCEL,)
    assert house.yz.calls["parcels"] == 0


async def test_an_order_of_a_shop_that_is_no_longer_connected_is_unreachable(
    house: _House,
) -> None:
    answer = await house.floor.parcels(order("jd", "1"))

    assert (answer.state, answer.why) == (AnswerState.UNREACHABLE, Why.REFUSED)


@pytest.fixture
async def generous() -> AsyncIterator[tuple[ShopFloor, GenerousShop]]:
    clock = HandClock()
    shop = GenerousShop("yz")
    floor = ShopFloor((ShelfShop("tm"), shop), clock, MemoryCache(clock), _SETTINGS)
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


async def test_closing_leaves_nothing_under_way(house: _House) -> None:
    house.yz.delay = _HANGS
    await house.floor.stock(house.shoes)
    before = len(asyncio.all_tasks())

    await house.floor.close()

    assert len(asyncio.all_tasks()) == before - 1


async def test_products_are_kept_fresh_while_nobody_asks(house: _House) -> None:
    keeper = asyncio.create_task(house.floor.keep_fresh())
    await asyncio.sleep(0.01)
    keeper.cancel()
    await asyncio.gather(keeper, return_exceptions=True)

    house.yz.failure = house.tm.failure = unavailable()

    assert (await house.floor.find("学步鞋")).is_clear
