"""What was not asked for or was declined is not done, and the staff hear what was taken back."""

import pytest

from desk.conversations.commands import Ask, Tell
from desk.shops.port import OrderStatus
from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.forms import with_templates
from tests.actions.goods import ARRIVED, PAID, SHIPPED, order
from tests.actions.people import MIMI, STRANGER


def with_orders(*orders: object) -> Chat:
    """A chat of somebody who has just these orders."""
    chat = Chat(MIMI)
    chat.youzan.orders = [each for each in chat.youzan.orders if each in orders]
    return chat


async def test_an_order_that_the_customer_wants_to_keep_is_never_cancelled() -> None:
    chat = with_orders(PAID)
    read = await chat.says("我没说要取消啊", "order_cancel")
    assert read == ["好的，不取消，订单照旧。"]
    read = await chat.says("不发就不要了", "order_cancel")
    assert chat.labels == ["确定取消", "先不取消"]
    read = await chat.writes("算了还是要", ("order_cancel", 0.9), ("greet", 0.1))
    assert read == ["好的，订单不动，照常发货。"]
    read = await chat.says("那就这个吧 我等着", "order_cancel")
    assert read == ["好的，订单不动，照常发货。"]
    read = await chat.says("那地址也不用改了", "order_cancel")
    assert read == ["好的，还按原来的地址送。"]
    await chat.says("嗯", "affirm")
    assert not chat.books.tickets.kept


async def test_who_declined_and_asks_in_plain_words_is_asked_and_has_to_say_so_plainly() -> None:
    chat = with_orders(PAID)
    await chat.says("帮我取消订单", "order_cancel")
    await chat.writes("算了", ("deny", 0.9))
    await chat.says("还是取消吧", "order_cancel")
    assert chat.labels == ["确定取消", "先不取消"]
    for _ in range(2):
        read = await chat.says("嗯", "affirm")
        assert "回我“确定”" in read[0]
        assert chat.did(OpenTicket) == []
    await chat.writes("确定", ("affirm", 0.9))
    assert [each.order_no for each in chat.did(OpenTicket)] == [PAID.number]


@pytest.mark.parametrize("nod", ["嗯", "好的", "哦", "行", "OK", "👌"])
async def test_a_nod_to_what_was_not_asked_for_in_plain_words_is_asked_about_once(nod: str) -> None:
    chat = with_orders(PAID)
    await chat.says("这单就算了啊", "order_cancel")
    await chat.writes(nod, ("affirm", 0.9))
    assert chat.did(OpenTicket) == []
    assert chat.labels == ["确定取消", "先不取消"]
    await chat.writes(nod, ("affirm", 0.9))
    assert len(chat.did(OpenTicket)) == 1


@pytest.mark.parametrize("text", ["算了不改了 还是原来的地址", "不改了", "算了", "不用改了"])
async def test_a_change_of_address_that_is_taken_back_is_told_to_the_staff(text: str) -> None:
    chat = with_orders(PAID)
    await chat.says("地址写错了", "delivery_change")
    await chat.says(text, "delivery_change")
    assert chat.heard[-1] == "好的，还按原来的地址送。我已经告诉同事了。"
    assert len(chat.did(Tell)) == 1
    assert chat.did(OpenTicket) == []
    assert chat.conversation.dialogue.pending is None
    await chat.says("什么时候发货", "order_status")
    assert not any("刚才说的" in each for each in chat.heard)


async def test_urging_that_is_taken_back_is_told_and_not_done_again() -> None:
    chat = with_orders(PAID)
    await chat.says("催一下发货", "urge_order")
    read = await chat.says("别催了 我自己等", "urge_order")
    assert read == ["好的，不催了。我已经告诉同事了。"]
    assert len(chat.did(Tell)) == 1
    assert chat.did(OpenTicket) == []


async def test_a_wish_beside_what_is_taken_back_is_answered_and_the_staff_are_told() -> None:
    chat = with_orders(SHIPPED)
    await chat.says("我要换货", "exchange_request")
    read = await chat.says("不换了，查下快递到哪了", "logistics_query")
    assert "嘉兴" in read[0]
    assert [type(each) for each in chat.did(Tell)] == [Tell]


async def test_a_cancelling_that_is_taken_back_after_the_yes_is_told() -> None:
    chat = with_orders(PAID)
    await chat.says("帮我取消订单", "order_cancel")
    await chat.says("嗯", "affirm")
    assert len(chat.did(OpenTicket)) == 1
    read = await chat.says("算了不取消了", "order_cancel")
    assert read == ["好的，不取消，订单照旧。我已经告诉同事了。"]
    assert chat.did(Ask) == []


async def test_a_return_alone_is_not_told_as_a_change_of_the_order() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [ARRIVED, order("E9", OrderStatus.PAID, "学步鞋")]
    await chat.says("我要退货", "return_request", order_id=ARRIVED.number)
    await chat.says("不用改地址", "delivery_change")
    assert chat.did(Tell) == []


async def test_an_appointment_that_is_called_off_is_told_to_the_staff_and_costs_no_order() -> None:
    chat = await with_templates(Chat(STRANGER))
    await chat.says("约周六上午到店试推车", "appointment_book", date="周六上午")
    read = await chat.says("不去了 取消吧", "order_cancel")
    assert read[0] == "好的，这次预约就取消，想再约随时说。我已经告诉同事了。"
    assert len(chat.did(Tell)) == 1
    assert chat.did(Ask) == []
