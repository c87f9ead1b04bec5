"""The fake TOP's message channel: asked for once, delivered until confirmed, within its limits."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.sandbox.shops_world import World, at, open_world, rows

PERMIT = "taobao.tmc.user.permit"
CONSUME, CONFIRM = "taobao.tmc.messages.consume", "taobao.tmc.messages.confirm"
ORDER, REFUND = "2618830174529916203", "188230054471742085"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


async def consume(world: World, **params: str) -> list[dict[str, object]]:
    answer = await world.top(CONSUME, **params)
    assert isinstance(answer, dict)
    return rows(answer, "messages", "tmc_message") if "messages" in answer else []


async def confirm(world: World, *messages: dict[str, object]) -> None:
    ids = ",".join(str(message["id"]) for message in messages)
    assert at(await world.top(CONFIRM, s_message_ids=ids), "is_success") is True


async def finish(world: World) -> None:
    await world.control("taobao", order={"number": ORDER, "status": "TRADE_FINISHED"})


async def test_nothing_is_kept_for_a_seller_who_did_not_permit_it(world: World) -> None:
    await finish(world)
    await world.top(PERMIT)
    assert await consume(world) == []
    await finish(world)
    assert len(await consume(world)) == 1


async def test_a_trade_a_refund_and_a_stock_have_their_topics(world: World) -> None:
    await world.top(PERMIT)
    await finish(world)
    await world.control("taobao", refund={"refund_id": REFUND, "status": "SUCCESS"})
    await world.control("taobao", stock={"item": "728450194451", "sku": 0, "quantity": 0})
    messages = await consume(world)
    assert [message["topic"] for message in messages] == [
        "taobao_trade_TradeSuccess",
        "taobao_refund_RefundSuccess",
        "taobao_item_ItemZeroStock",
    ]
    trade, refund, stock = (json.loads(str(message["content"])) for message in messages)
    assert (trade["tid"], trade["status"]) == (int(ORDER), "TRADE_FINISHED")
    assert (refund["refund_id"], refund["tid"]) == (int(REFUND), 2622945810637742085)
    assert stock["num_iid"] == 728450194451


async def test_what_is_not_confirmed_comes_again_with_a_new_id_and_the_old_data_id(
    world: World,
) -> None:
    await world.top(PERMIT)
    await finish(world)
    (first,) = await consume(world)
    assert await consume(world) == []
    world.clock.turn(timedelta(minutes=2))
    (again,) = await consume(world)
    assert again["id"] != first["id"]
    assert (again["dataId"], again["content"]) == (first["dataId"], first["content"])
    await confirm(world, again)
    world.clock.turn(timedelta(hours=1))
    assert await consume(world) == []


async def test_a_late_confirmation_of_the_first_delivery_counts(world: World) -> None:
    await world.top(PERMIT)
    await finish(world)
    (first,) = await consume(world)
    world.clock.turn(timedelta(minutes=2))
    await consume(world)
    await confirm(world, first)
    world.clock.turn(timedelta(hours=1))
    assert await consume(world) == []


async def test_a_message_may_come_twice_on_demand(world: World) -> None:
    await world.top(PERMIT)
    await finish(world)
    (first,) = await consume(world)
    await confirm(world, first)
    await world.control("taobao", repush=True)
    (again,) = await consume(world)
    assert again["dataId"] == first["dataId"]


async def test_as_many_as_asked_for_come_the_oldest_first(world: World) -> None:
    await world.top(PERMIT)
    for _ in range(12):
        await finish(world)
    some, rest = await consume(world, quantity="10"), await consume(world, quantity="10")
    assert (len(some), len(rest)) == (10, 2)
    numbers = [int(str(message["dataId"])) for message in some + rest]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        (CONSUME, {"quantity": "9"}, 41),
        (CONSUME, {"quantity": "201"}, 41),
        (CONSUME, {"group_name": "nobody"}, 41),
        (CONFIRM, {}, 40),
        (CONFIRM, {"s_message_ids": ",".join(map(str, range(201)))}, 41),
        (CONFIRM, {"s_message_ids": "first"}, 41),
        (CONFIRM, {"s_message_ids": "1", "group_name": "nobody"}, 41),
    ],
)
async def test_the_limits_are_kept(
    world: World, method: str, params: dict[str, str], code: int
) -> None:
    answer = await world.send_form(world.top_form(method, **params))
    assert at(answer, "error_response", "code") == code


async def test_an_id_that_was_never_given_is_confirmed_without_effect(world: World) -> None:
    await world.top(PERMIT)
    await finish(world)
    await confirm(world, {"id": 7})
    assert len(await consume(world)) == 1
