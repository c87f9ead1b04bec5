"""One trouble with one order is one ticket, however often and in whatever words it is told."""

import pytest

from desk.conversations.commands import Ask, Tell
from desk.tickets.filling.commands import SetFields
from desk.tickets.model import TicketKind
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import ARRIVED, PAID, SHIPPED
from tests.actions.people import STRANGER
from tests.actions.test_orders import with_orders


async def _broken() -> Chat:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("鞋子有点问题", "after_sales_claim")
    assert only_ticket(chat).kind is TicketKind.AFTER_SALES
    return chat


@pytest.mark.parametrize(
    ("words", "intent", "wish"),
    [
        ("想换新的", "exchange_request", "exchange"),
        ("我要退款", "return_request", "refund"),
        ("给我补发吧", "after_sales_claim", "resend"),
    ],
)
async def test_what_is_wished_of_a_trouble_is_an_answer_to_its_form(
    words: str, intent: str, wish: str
) -> None:
    chat = await _broken()
    read = await chat.says(words, intent)
    assert only_ticket(chat).fields["wish"] == wish
    assert read[0].startswith("好的，记下了")
    assert [each.expects for each in chat.did(Ask)] == ["form.trouble"]


async def test_what_the_form_has_no_word_of_joins_the_ticket() -> None:
    chat = await _broken()
    read = await chat.says("那就退货吧", "return_request")
    ticket = only_ticket(chat)
    assert ticket.kind is TicketKind.AFTER_SALES
    assert ticket.number in read[0]


async def test_a_quality_problem_told_after_a_return_is_its_reason() -> None:
    chat = await with_templates(Chat(STRANGER))
    await chat.says("鞋子要退货", "return_request")
    await chat.taps("找不到订单号")
    await chat.says("质量问题 开线了", "after_sales_claim")
    assert only_ticket(chat).kind is TicketKind.RETURN
    assert only_ticket(chat).fields["reason"] == "quality"
    assert [each.expects for each in chat.did(Ask)] == ["form.picture"]


async def test_another_order_is_another_matter() -> None:
    chat = await with_templates(with_orders(SHIPPED, ARRIVED))
    await chat.says("坏了", "after_sales_claim", order_id=ARRIVED.number)
    await chat.says("这单换货", "exchange_request", order_id=SHIPPED.number)
    kinds = {each.kind for each in chat.books.tickets.kept.values()}
    assert kinds == {TicketKind.AFTER_SALES, TicketKind.EXCHANGE}


async def test_who_wants_it_mended_gets_a_repair() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("轮子掉了一个，能修吗", "after_sales_claim")
    assert only_ticket(chat).kind is TicketKind.REPAIR


async def test_a_change_of_mind_is_noted_on_the_one_ticket() -> None:
    chat = await _broken()
    await chat.says("想换新的", "exchange_request")
    read = await chat.says("还是退款吧", "return_request")
    assert only_ticket(chat).fields["wish"] == "refund"
    assert read[0].startswith("好，希望怎么处理改成“退款”了。")
    assert chat.did(SetFields)


async def test_who_wants_money_back_for_what_was_never_sent_is_asked_whether_to_cancel() -> None:
    chat = await with_templates(with_orders(PAID))
    read = await chat.says("给我退了", "return_request")
    assert "取消" in read[-1]
    assert not any("签收" in each for each in read)
    await chat.taps(chat.labels[0])
    assert only_ticket(chat).kind is TicketKind.CANCEL


async def test_a_return_in_place_of_an_exchange_ends_the_questions_of_that_and_is_told() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("鞋子小了想换货，寄回去换", "exchange_request")
    assert [each.expects for each in chat.did(Ask)] == ["form.wanted"]
    await chat.says("算了还是退货吧", "return_request")
    assert len(chat.did(Tell)) == 1
    assert [each.expects for each in chat.did(Ask)] == ["form.reason"]
    await chat.says("尺码小了 我自己寄", "return_request")
    assert chat.did(Ask) == []
