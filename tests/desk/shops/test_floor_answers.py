"""All shops at once: nobody waits for the slow, nothing old is shown as new."""

import asyncio
from datetime import timedelta

import pytest

from desk.kernel.errors import AuthExpired, DeskError, Refused
from desk.shops.answers import AnswerState, Why
from desk.shops.circuit import CircuitState
from desk.shops.floor import ShopFloor
from desk.shops.line import FloorSettings
from desk.shops.products import Product
from tests.desk.shops.house import HANGS, SETTINGS, House
from tests.desk.shops.shelf import (
    START,
    item,
    unavailable,
)


async def test_every_shop_answers_for_itself(house: House) -> None:
    yz, tm = await house.floor.stock(house.shoes)

    assert (yz.shop, yz.shop_name, yz.value) == ("yz", "有赞商城", house.yz.skus)
    assert (tm.shop, tm.shop_name, tm.value) == ("tm", "天猫旗舰店", house.tm.skus)
    assert yz.state is tm.state is AnswerState.FRESH
    assert yz.as_of == START


async def test_a_shop_that_hangs_does_not_delay_the_other(house: House) -> None:
    house.yz.delay = HANGS
    started = asyncio.get_running_loop().time()

    yz, tm = await house.floor.stock(house.shoes)

    assert asyncio.get_running_loop().time() - started < HANGS / 3
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
async def test_a_shop_that_fails_says_why(house: House, failure: DeskError, why: Why) -> None:
    house.yz.failure = failure

    yz, tm = await house.floor.stock(house.shoes)

    assert (yz.state, yz.why) == (AnswerState.UNREACHABLE, why)
    assert tm.state is AnswerState.FRESH


@pytest.mark.parametrize("failure", [unavailable(), AuthExpired("x", "x")])
async def test_what_a_shop_said_before_stands_in_with_its_age(
    house: House, failure: DeskError
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


async def test_an_answer_older_than_a_day_no_longer_stands_in(house: House) -> None:
    await house.floor.stock(house.shoes)
    house.clock.turn(timedelta(hours=25))
    house.yz.failure = unavailable()

    yz, _ = await house.floor.stock(house.shoes)

    assert yz.state is AnswerState.UNREACHABLE


async def test_a_refusal_is_not_covered_up_by_what_was_said_before(house: House) -> None:
    await house.floor.stock(house.shoes)
    house.yz.failure = Refused("x", "x")

    yz, _ = await house.floor.stock(house.shoes)

    assert (yz.state, yz.why) == (AnswerState.UNREACHABLE, Why.REFUSED)


async def test_equal_questions_at_one_time_are_asked_once(unhurried: House) -> None:
    unhurried.yz.delay = 0.02

    answers = await asyncio.gather(*(unhurried.floor.stock(unhurried.shoes) for _ in range(50)))

    assert unhurried.yz.calls["stock"] == 1
    assert {each[0].state for each in answers} == {AnswerState.FRESH}


async def test_one_who_gives_up_takes_the_answer_from_nobody(unhurried: House) -> None:
    unhurried.yz.delay = 0.03
    impatient = asyncio.create_task(unhurried.floor.stock(unhurried.shoes))
    await asyncio.sleep(0.005)
    patient = asyncio.create_task(unhurried.floor.stock(unhurried.shoes))
    await asyncio.sleep(0.005)

    impatient.cancel()

    assert (await patient)[0].state is AnswerState.FRESH
    assert unhurried.yz.calls["stock"] == 1


async def test_a_late_answer_is_kept_for_the_next_question(house: House) -> None:
    house.yz.delay = 0.4
    first, _ = await house.floor.stock(house.shoes)
    await asyncio.sleep(1.5)

    second, _ = await house.floor.stock(house.shoes)

    assert first.state is AnswerState.UNREACHABLE
    assert (second.state, second.value) == (AnswerState.STALE, house.yz.skus)


async def test_a_shop_that_keeps_failing_is_left_alone_and_then_probed_once(
    unhurried: House,
) -> None:
    unhurried.yz.failure = unavailable()
    for _ in range(3):
        await unhurried.floor.stock(unhurried.shoes)
    await unhurried.floor.stock(unhurried.shoes)
    assert unhurried.yz.calls["stock"] == 3
    assert unhurried.floor.health()[0].circuit is CircuitState.OPEN

    unhurried.clock.turn(timedelta(seconds=16))
    unhurried.yz.failure = None
    unhurried.yz.delay = 0.02
    other = Product("凉鞋", (item("yz", "2", "凉鞋"),))
    (probe,), (meanwhile,) = await asyncio.gather(
        unhurried.floor.stock(Product("学步鞋", unhurried.yz.items)), unhurried.floor.stock(other)
    )

    assert unhurried.yz.calls["stock"] == 4
    assert probe.state is AnswerState.FRESH
    assert meanwhile.state is AnswerState.UNREACHABLE
    assert unhurried.floor.health()[0].circuit is CircuitState.CLOSED


async def test_a_probe_that_fails_lets_the_shop_rest_again(house: House) -> None:
    house.yz.failure = unavailable()
    for _ in range(3):
        await house.floor.stock(house.shoes)
    house.clock.turn(timedelta(seconds=16))

    await house.floor.stock(house.shoes)
    await house.floor.stock(house.shoes)

    assert house.yz.calls["stock"] == 4


async def test_a_shop_that_hangs_is_left_alone_too(house: House) -> None:
    house.yz.delay = HANGS
    for number in ("1", "2", "3", "4", "5"):
        await house.floor.stock(Product("鞋", (item("yz", number, "鞋"),)))

    assert house.yz.calls["stock"] == 3
    assert house.floor.health()[0].circuit is CircuitState.OPEN


async def test_a_shop_that_refuses_is_not_taken_for_a_shop_that_is_down(house: House) -> None:
    house.yz.failure = Refused("x", "x")
    for _ in range(10):
        await house.floor.stock(house.shoes)

    assert house.floor.health()[0].circuit is CircuitState.CLOSED


async def test_health_tells_of_each_shop(house: House) -> None:
    await house.floor.stock(house.shoes)
    house.clock.turn(timedelta(minutes=1))
    house.tm.failure = AuthExpired("x", "x")
    await house.floor.stock(house.shoes)

    yz, tm = house.floor.health()

    assert (yz.failed, yz.asked) == (0, 2)
    assert (yz.why, yz.last_success) == (None, house.clock.now())
    assert (tm.failed, tm.asked) == (1, 2)
    assert (tm.why, tm.last_success) == (Why.AUTH_EXPIRED, START)


async def test_closing_leaves_nothing_under_way(house: House) -> None:
    house.yz.delay = HANGS
    await house.floor.stock(house.shoes)
    before = len(asyncio.all_tasks())

    await house.floor.close()

    assert len(asyncio.all_tasks()) == before - 1


async def test_an_answer_serves_equal_questions_for_a_moment_where_that_is_wished(
    house: House,
) -> None:
    settings = FloorSettings(deadline=SETTINGS.deadline, reuse=timedelta(seconds=2))
    floor = ShopFloor((house.yz, house.tm), house.clock, house.cache, settings)
    await floor.stock(house.shoes)
    house.clock.turn(timedelta(seconds=1))
    again, _ = await floor.stock(house.shoes)
    asked_in_between = house.yz.calls["stock"]
    house.clock.turn(timedelta(seconds=1))
    later, _ = await floor.stock(house.shoes)
    await floor.close()

    assert (again.state, again.as_of, asked_in_between) == (AnswerState.FRESH, START, 1)
    assert (later.as_of, house.yz.calls["stock"]) == (house.clock.now(), 2)


async def test_without_such_a_wish_every_question_is_asked(house: House) -> None:
    await house.floor.stock(house.shoes)
    await house.floor.stock(house.shoes)

    assert house.yz.calls["stock"] == 2
