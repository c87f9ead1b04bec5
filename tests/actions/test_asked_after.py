"""开好了没: the ticket that stands is told, and nothing is opened or added to."""

import pytest

from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import ARRIVED
from tests.actions.people import STRANGER
from tests.actions.test_orders import with_orders


async def _with_invoice() -> Chat:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("开发票 个人的 抬头王小明 发a@b.com", "invoice_request")
    return chat


@pytest.mark.parametrize(
    "words", ["发票开好了没", "发票呢", "发票什么时候能开好", "我的发票怎么还没开", "发票开了吗"]
)
async def test_asking_after_a_wish_tells_how_far_its_ticket_is(words: str) -> None:
    chat = await _with_invoice()
    read = await chat.says(words, "invoice_request")
    assert read[0].startswith("开发票（T-20261121-0001）")
    assert chat.did(OpenTicket) == []


@pytest.mark.parametrize("words", ["再开一张发票", "另外一单也要开发票，什么时候能开"])
async def test_a_wish_anew_is_no_question_after_the_old_one(words: str) -> None:
    chat = await _with_invoice()
    await chat.says(words, "invoice_request")
    assert len(chat.did(OpenTicket)) == 1


async def test_without_a_ticket_the_wish_is_a_wish() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("发票什么时候能开", "invoice_request")
    assert only_ticket(chat).kind == "invoice"


async def test_the_kind_that_is_named_is_told_alone() -> None:
    chat = await _with_invoice()
    await chat.says("我要退货 我自己寄 不喜欢", "return_request")
    read = await chat.says("退货到哪步了", "ticket_progress")
    assert "退货（T-20261121-0002）" in read[0]
    assert "开发票" not in read[0]
    read = await chat.says("都怎么样了", "ticket_progress")
    assert "退货（T-20261121-0002）" in read[0]
    assert "开发票（T-20261121-0001）" in read[0]


@pytest.mark.parametrize("words", ["两个都记下了吗", "登记好了吗", "安排了没"])
async def test_whether_it_is_noted_is_answered_with_what_is_noted(words: str) -> None:
    chat = await _with_invoice()
    read = await chat.says(words, "order_status")
    assert read[0].startswith("开发票（T-20261121-0001）")


async def test_when_the_money_comes_of_a_return_without_an_order_is_how_far_the_return_is() -> None:
    chat = await with_templates(Chat(STRANGER))
    await chat.says("我要退货，衣服太大了，我自己寄", "return_request")
    await chat.taps("找不到订单号")
    read = await chat.says("什么时候能退钱", "refund_status")
    assert read[0].startswith("退货（T-20261121-0001）")
    assert "找不到订单号" not in only_ticket(chat).summary
