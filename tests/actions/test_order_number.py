"""The number of an order and what proves it, in the ways in which people give them, or cannot."""

import pytest

from tests.actions.chat import Chat
from tests.actions.goods import REFUNDING, SHIPPED
from tests.actions.people import STRANGER

TAIL = "2345"


@pytest.mark.parametrize(
    "text",
    [
        f"{SHIPPED.number} {TAIL}",
        f"{SHIPPED.number}，尾号{TAIL}",
        f"订单号{SHIPPED.number} 手机{TAIL}",
        f"{SHIPPED.number} 1381806{TAIL}",
    ],
)
async def test_number_and_tail_in_one_message_are_enough(text: str) -> None:
    chat = Chat(STRANGER)
    await chat.says("我的快递到哪了", "logistics_query")
    read = await chat.says(text, "order_status")
    assert "嘉兴" in read[0]


async def test_a_telephone_number_is_kept_until_the_order_is_named() -> None:
    chat = Chat(STRANGER)
    await chat.says("我的快递到哪了", "logistics_query")
    read = await chat.says(f"我手机号1381806{TAIL}", "delivery_change", phone=f"1381806{TAIL}")
    assert read == ["手机号我记下了，还差订单号：在店铺的“我的订单”里点开那笔订单就能复制。"]
    read = await chat.says(SHIPPED.number, "order_status")
    assert "嘉兴" in read[0]


async def test_a_telephone_number_out_of_the_blue_changes_no_address() -> None:
    chat = Chat(STRANGER)
    await chat.says("13818063921", "delivery_change", phone="13818063921")
    assert chat.reading.meant.source == "unsure"


NONE = [
    "没订单号啊",
    "找不到啊",
    "找不到",
    "忘了",
    "不记得了",
    "没有",
    "不知道在哪看",
    "我没有订单号",
]


@pytest.mark.parametrize("text", NONE)
async def test_who_has_no_number_is_told_where_it_is_and_may_speak_with_a_person(text: str) -> None:
    chat = Chat(STRANGER)
    await chat.says("我的快递到哪了", "logistics_query")
    read = await chat.says(text, "deny")
    assert read[0].startswith("没关系，在店铺的“我的订单”里")
    assert chat.labels == ["找人工客服"]
    await chat.says(f"{SHIPPED.number} {TAIL}", "order_status")
    assert "嘉兴" in chat.heard[-1]


@pytest.mark.parametrize("text", NONE)
async def test_what_a_person_does_anyway_needs_no_number(text: str) -> None:
    chat = Chat(STRANGER)
    await chat.says("我要退货", "return_request")
    await chat.says(text, "deny")
    assert len(chat.books.tickets.kept) == 1


async def test_who_does_not_know_the_tail_is_helped_too() -> None:
    chat = Chat(STRANGER)
    await chat.says(f"{SHIPPED.number}到哪了", "logistics_query", order_id=SHIPPED.number)
    read = await chat.says("不记得了", "deny")
    assert "收货手机号" in read[0]


async def test_the_number_is_kept_while_the_same_is_asked_in_other_words() -> None:
    chat = Chat(STRANGER)
    await chat.says("退款怎么还没到", "refund_status")
    await chat.writes(REFUNDING.number, ("order_status", 0.9))
    assert "后四位" in chat.heard[-1]
    await chat.says("为什么不同意", "refund_status")
    assert "后四位" in chat.heard[-1]
    await chat.says("那什么时候能到货", "logistics_query")
    assert "后四位" in chat.heard[-1]


async def test_when_will_it_be_done_is_asked_about_the_refund_that_was_talked_of() -> None:
    chat = Chat(STRANGER)
    await chat.says("退款怎么还没到", "refund_status")
    read = await chat.says("什么时候能好", "ticket_progress")
    assert "订单号" in read[0]
    await chat.says(f"{REFUNDING.number} {TAIL}", "order_status")
    before = chat.heard[-1]
    await chat.says("什么时候能好", "ticket_progress")
    assert chat.heard[-1] == before
