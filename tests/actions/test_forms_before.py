"""Answers that come while the order is asked for: kept, and on the ticket once it is open."""

import pytest

from actions.forms_before import VALUES
from desk.conversations.commands import Ask
from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import ARRIVED, SHIPPED
from tests.actions.people import STRANGER
from tests.actions.test_orders import with_orders

COMPANY = "上海小满贸易有限公司"
TAX = "91310000MA1FL1234X"


async def _asked_for_the_order() -> Chat:
    chat = await with_templates(Chat(STRANGER))
    await chat.says("我要开发票", "invoice_request")
    assert [each.expects for each in chat.did(Ask)] == ["order_id"]
    return chat


async def test_answers_before_the_order_stand_on_the_ticket_and_are_not_asked_for() -> None:
    chat = await _asked_for_the_order()
    read = await chat.says(f"公司的，抬头{COMPANY}", "invoice_request", city="上海")
    assert read[-1].startswith(f"好的，记下了：发票类型 企业，发票抬头 {COMPANY}。再发一下订单号")
    assert "找不到订单号" in chat.labels
    read = await chat.says(f"税号是{TAX}", "invoice_request")
    assert read[-1].startswith(f"好的，记下了：税号 {TAX}。")
    read = await chat.says("发到 zhang@xm.com")
    assert read[-1].startswith("好的，记下了：收票邮箱 zhang@xm.com。")
    await chat.taps("找不到订单号")
    assert only_ticket(chat).fields == {
        "type": "company",
        "title": COMPANY,
        "tax_number": TAX,
        "email": "zhang@xm.com",
    }
    assert chat.did(Ask) == []
    assert f"抬头{COMPANY}" in only_ticket(chat).summary


async def test_the_order_is_asked_for_in_full_once_and_then_only_named() -> None:
    chat = await _asked_for_the_order()
    first = await chat.says("开公司的", "invoice_request")
    assert "我的订单" in first[-1]
    again = await chat.says(f"抬头是{COMPANY}", "invoice_request")
    assert "我的订单" not in again[-1]
    assert "订单号" in again[-1]


async def test_what_comes_with_the_number_itself_is_kept_over_the_question_for_a_proof() -> None:
    chat = await _asked_for_the_order()
    await chat.says(f"订单号{ARRIVED.number}，抬头{COMPANY}", "invoice_request")
    ask = chat.did(Ask)[-1]
    assert ask.expects == "phone_tail"
    assert COMPANY in ask.slots[VALUES]


async def test_which_of_several_orders_is_asked_again_with_its_lines() -> None:
    chat = await with_templates(with_orders(SHIPPED, ARRIVED))
    await chat.says("开两张发票，哪单都要", "invoice_request")
    lines = chat.labels
    assert len(lines) > 1
    await chat.says(f"抬头{COMPANY}", "invoice_request")
    assert chat.labels == lines


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("22码的粉色还有货吗", "stock_check"),
        ("叫个真人来", "human_handoff"),
        ("发票是电子的还是纸质的？", "product_consult"),
    ],
)
async def test_another_wish_is_no_answer(words: str, intent: str) -> None:
    chat = await _asked_for_the_order()
    read = await chat.says(words, intent)
    assert not any("记下了" in each and "订单号" in each for each in read)


async def test_where_something_is_said_of_the_matter_the_wish_stays_what_it_is() -> None:
    chat = await with_templates(Chat(STRANGER))
    await chat.says("昨天团的纸尿裤少发了3包", "after_sales_claim", product="纸尿裤")
    read = await chat.says("杭州滨江的团", "delivery_change", city="杭州")
    assert read[-1].startswith("好的，记下了。再发一下订单号")
    await chat.says("没有订单号")
    (opened,) = chat.did(OpenTicket)
    assert opened.kind == "after_sales"
    assert "少发了3包" in opened.summary
    assert "杭州滨江的团" in opened.summary
