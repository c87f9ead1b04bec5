"""Forms in the customers' room: bursts, several wishes, a person in the session, new versions."""

from dataclasses import replace
from datetime import timedelta

from actions.form_state import FORM, KIND, LEFT, ORDER, QUESTION
from bot.turn.form_reading import overheard_answers
from desk.conversations.commands import Ask, SetAside
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.templates.model import Field, FieldType
from desk.tickets.filling.commands import AskForField, SetFields
from desk.tickets.model import Ticket, TicketKind
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, publish, with_templates
from tests.actions.goods import ARRIVED, SHIPPED
from tests.bot.turn.test_customer_room import House
from tests.bot.turn.test_overhearing import burst

INVOICE = "开发票"
TAX = "91310000MA1K4X5X5X"
KNOWN = {
    INVOICE: "invoice_request",
    "公司开发票": "invoice_request",
    "什么时候能开好": "ticket_progress",
    "尺码小了我要退货": "return_request",
    "我要退货": "return_request",
    "帮我开个发票": "invoice_request",
    "开个人的": "invoice_request",
    "快点发货": "urge_order",
}


async def _house(*orders: Order) -> House:
    house = House(KNOWN)
    house.chat.youzan.orders = list(orders) or [ARRIVED]
    await with_templates(house.chat)
    return house


def _by_kind(chat: Chat) -> dict[TicketKind, Ticket]:
    return {each.kind: each for each in chat.books.tickets.kept.values()}


async def test_three_messages_in_a_burst_are_three_answers_and_one_turn() -> None:
    house = await _house()
    await house.hears("公司开发票")
    decision = await house.hears("上海咪咪公司", f"税号 {TAX}", "发a@b.com")
    assert len(decision.outcome.say) == 1
    (answers,) = [each for each in decision.outcome.do if isinstance(each, SetFields)]
    assert dict(answers.values) == {
        "title": "上海咪咪公司",
        "tax_number": TAX,
        "email": "a@b.com",
    }


async def test_an_answer_and_a_question_in_one_breath_are_both_heard() -> None:
    house = await _house()
    await house.hears("公司开发票")
    decision = await house.hears("抬头是上海咪咪公司。", "什么时候能开好")
    assert only_ticket(house.chat).fields["title"] == "上海咪咪公司"
    says = [each for each in decision.outcome.say if isinstance(each, Say)]
    said = " ".join(map(house.chat.text, says))
    assert "T-20261121-0001" in said


async def test_two_wishes_open_two_tickets_at_once_and_one_question_is_put() -> None:
    house = await _house()
    decision = await house.hears("尺码小了我要退货。", "另外帮我开个发票")
    assert set(_by_kind(house.chat)) == {TicketKind.RETURN, TicketKind.INVOICE}
    assert not [each for each in decision.outcome.do if isinstance(each, SetAside)]
    pending = house.chat.conversation.dialogue.pending
    assert pending is not None
    assert pending.expects == "form.way_back"
    await house.hears("我自己寄")
    pending = house.chat.conversation.dialogue.pending
    assert pending is not None
    assert pending.expects == "form.type"
    await house.hears("个人")
    kinds = _by_kind(house.chat)
    assert kinds[TicketKind.RETURN].fields == {"reason": "size", "way_back": "self"}
    assert kinds[TicketKind.INVOICE].fields == {"type": "personal"}


async def test_the_question_which_order_goes_before_that_of_a_form() -> None:
    house = await _house(SHIPPED, ARRIVED)
    decision = await house.hears("我要退货", "另外帮我开个发票")
    assert len([each for each in decision.outcome.do if isinstance(each, SetAside)]) <= 1
    pending = house.chat.conversation.dialogue.pending
    assert pending is not None
    assert not pending.expects.startswith("form.")


async def test_while_a_person_holds_the_session_only_what_is_certain_is_kept() -> None:
    house = await _house()
    await house.hears("公司开发票")
    chat = house.chat
    heard = await overheard_answers(chat.conversation, burst(f"我的是{TAX}"), chat.desk)
    assert [dict(each.values) for each in heard] == [{"tax_number": TAX}]
    said = burst("上海咪咪公司", "电话13800138000", "退货怎么退")
    assert await overheard_answers(chat.conversation, said, chat.desk) == ()


async def test_a_ticket_keeps_its_version_of_the_form() -> None:
    house = await _house()
    chat = house.chat
    await house.hears("公司开发票")
    old = await chat.books.templates.in_force("invoice")
    assert old is not None
    urgency = Field("urgency", "急不急", FieldType.YES_NO, required=True, question="急着要吗？")
    fields = (urgency, *(each for each in old.fields if each.id != "email"))
    await publish(chat, replace(old, fields=fields))
    await house.hears("上海咪咪公司")
    await house.hears(TAX)
    await house.hears("a@b.com")
    assert only_ticket(chat).fields["email"] == "a@b.com"
    assert "urgency" not in only_ticket(chat).fields
    assert chat.conversation.dialogue.pending is None


async def test_what_a_colleague_asks_for_is_answered_and_nothing_else_is_asked() -> None:
    house = await _house()
    chat = house.chat
    await house.hears("公司开发票")
    await house.hears("算了吧")
    ticket = only_ticket(chat)
    asked = AskForField(ticket.number, "amei", "税号", *_question(ticket))
    await chat.staff_does(asked)
    await house.hears(TAX)
    assert only_ticket(chat).fields["tax_number"] == TAX
    assert chat.conversation.dialogue.pending is None


async def test_after_two_days_a_bare_answer_is_none_and_a_plain_one_is() -> None:
    house = await _house()
    chat = house.chat
    await house.hears("公司开发票")
    chat.clock.turn(timedelta(hours=47))
    await house.hears("上海咪咪公司")
    assert "title" not in only_ticket(chat).fields
    await house.hears(TAX)
    assert only_ticket(chat).fields["tax_number"] == TAX


async def test_the_invoice_of_another_order_is_another_ticket() -> None:
    house = await _house()
    await house.hears("公司开发票")
    await house.hears(f"订单{SHIPPED.number} 也开发票，抬头写某某公司")
    assert "title" not in _first(house.chat).fields


def _first(chat: Chat) -> Ticket:
    return chat.books.tickets.kept["T-20261121-0001"]


def _question(ticket: Ticket) -> tuple[Say, Ask]:
    """What /ticket ask puts to the customer."""
    slots = {KIND: ticket.kind.value, ORDER: ticket.order_no, QUESTION: "税号是？", LEFT: "0"}
    said = Say(phrase("form.question", question="税号是？"))
    return said, Ask(FORM, "form.tax_number", slots=slots)


async def test_a_question_behind_the_answers_loses_none_of_them() -> None:
    said = f"上海咪咪公司，税号{TAX}，几时能开好？"
    house = House({**KNOWN, said: "ticket_progress"})
    house.chat.youzan.orders = [ARRIVED]
    await with_templates(house.chat)
    await house.hears("公司开发票")
    decision = await house.hears(said)
    assert only_ticket(house.chat).fields["title"] == "上海咪咪公司"
    assert only_ticket(house.chat).fields["tax_number"] == TAX
    says = [each for each in decision.outcome.say if isinstance(each, Say)]
    read = " ".join(map(house.chat.text, says))
    assert "T-20261121-0001" in read
    assert "电子发票发到哪个邮箱" in read


async def test_an_answer_in_pieces_is_heard_to_its_end() -> None:
    house = await _house()
    await house.hears(INVOICE)
    await house.hears("开个人的。快点发货！邮箱 a@b.com")
    assert only_ticket(house.chat).fields == {"type": "personal", "email": "a@b.com"}
