"""Twelve digits may number an order or a parcel: both are looked for, and nothing leads nowhere."""

from dataclasses import replace

import pytest

from actions.parcel_number import may_be_either
from bot.understanding.numbers import find_numbers
from desk.customers.commands import CountLinkAttempt
from desk.shops.port import Parcel, ParcelStatus, Scan
from tests.actions.chat import Chat
from tests.actions.goods import HIDDEN, MIMI_THERE, SHIPPED, YOUZAN, hours_ago
from tests.actions.people import MIMI, STRANGER

TWELVE = "312847650137"
ON_ITS_WAY = Parcel(
    "安能物流", TWELVE, ParcelStatus.IN_TRANSIT, (Scan(hours_ago(9), "已到达无锡分拨中心"),)
)
OWN = replace(HIDDEN, shop=YOUZAN, buyer=MIMI_THERE, number=TWELVE)


def chat_of(customer: object = MIMI) -> Chat:
    """A chat with somebody to whom a parcel of that number is on its way."""
    chat = Chat(MIMI if customer is MIMI else STRANGER)
    chat.youzan.packed = {SHIPPED.number: (ON_ITS_WAY,)}
    return chat


@pytest.mark.parametrize(
    "text",
    [
        TWELVE,
        f"单号{TWELVE}",
        f"我的快递到哪了，{TWELVE}",
        f"快递单号 {TWELVE}",
        "３１２８４７６５０１３７",
    ],
)
async def test_digits_that_are_no_order_are_the_parcel_of_ones_own(text: str) -> None:
    read = await chat_of().says(text, "logistics_query", **slots_of(text))
    assert "无锡分拨中心" in read[0]


@pytest.mark.parametrize("text", [TWELVE, f"快递单号{TWELVE}", f"物流单号 {TWELVE}到哪了"])
async def test_ones_own_order_is_found_whatever_its_number_was_called(text: str) -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [OWN]
    chat.youzan.packed = {TWELVE: (replace(ON_ITS_WAY, tracking_no="AN1"),)}
    read = await chat.says(text, "logistics_query", **slots_of(text))
    assert "无锡分拨中心" in read[0]


async def test_an_order_comes_before_a_parcel_of_the_same_number() -> None:
    chat = chat_of()
    chat.youzan.orders = [SHIPPED, OWN]
    read = await chat.says(TWELVE)
    assert "防滑" in read[0]


async def test_to_a_stranger_a_parcel_is_as_unknown_as_an_order() -> None:
    chat, empty = chat_of(STRANGER), chat_of(STRANGER)
    empty.youzan.packed = {}
    for each in (chat, empty):
        await each.says(TWELVE)
        await each.says("2640")
    assert chat.heard == empty.heard
    assert "后四位" in chat.heard[0]
    assert "找人工客服" in chat.labels
    assert [each.succeeded for each in chat.did(CountLinkAttempt)] == [False]


async def test_a_parcel_that_is_not_ones_own_leads_to_the_order_or_to_a_person() -> None:
    chat = chat_of(STRANGER)
    read = await chat.says(f"快递单号{TWELVE}", "logistics_query", tracking_no=TWELVE)
    assert read[0].startswith("您的订单里没有查到这个快递单号")
    assert "找人工客服" in chat.labels


@pytest.mark.parametrize(
    ("number", "either"),
    [
        (TWELVE, True),
        ("98765432101", True),
        ("2618830174529916203", False),
        (SHIPPED.number, False),
    ],
)
def test_only_numbers_of_a_parcels_length_may_be_either(number: str, *, either: bool) -> None:
    assert may_be_either(number) is either


def slots_of(text: str) -> dict[str, str]:
    """What the model's process tells of numbers: read by their form, as everywhere."""
    return {kind: values[0] for kind, values in find_numbers(text).items()}
