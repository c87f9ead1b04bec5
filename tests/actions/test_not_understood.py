"""Twice not understood is once too often; an angry customer soon speaks with a person."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.conversations.commands import HandOver, PromisePerson
from desk.coupons.commands import GrantCoupon
from desk.shops.port import OrderStatus
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from tests.actions.chat import Chat
from tests.actions.goods import ARRIVED, SHIPPED, order
from tests.actions.people import MIMI, STRANGER
from tests.clocks import FrozenClock

NIGHT = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
"""23:30 in Shanghai."""
UNSURE = (("return_request", 0.3), ("exchange_request", 0.29), ("greet", 0.1))


async def puzzled(chat: Chat, text: str = "这个咋整啊咋整") -> list[str]:
    """The customer writes what nobody can be sure of."""
    return await chat.writes(text, *UNSURE, product="连体衣")


async def test_first_the_two_likeliest_and_a_person_to_choose_from() -> None:
    chat = Chat(MIMI)
    await puzzled(chat)
    assert chat.labels == ["退货退款", "换货", "找人工客服"]
    assert chat.did(OpenTicket) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第一个", TicketKind.RETURN),
        ("1", TicketKind.RETURN),
        ("第二个", TicketKind.EXCHANGE),
        ("2", TicketKind.EXCHANGE),
        ("退货", TicketKind.RETURN),
        ("我是说退货", TicketKind.RETURN),
        ("换货吧", TicketKind.EXCHANGE),
        ("我想换", TicketKind.EXCHANGE),
        ("不是退，是换", TicketKind.EXCHANGE),
    ],
)
async def test_an_answer_in_words_or_numbers_is_understood(text: str, kind: TicketKind) -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [ARRIVED]
    await puzzled(chat)
    await chat.writes(text, ("greet", 0.2))
    ticket = chat.did(OpenTicket)[0]
    assert (ticket.kind, ticket.order_no) == (kind, ARRIVED.number)
    assert chat.conversation.dialogue.not_understood == 0


async def test_the_words_that_were_not_understood_are_the_tickets_words() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [ARRIVED, SHIPPED]
    await puzzled(chat)
    await chat.taps("换货")
    ticket = chat.did(OpenTicket)[0]
    assert ticket.order_no == ARRIVED.number
    assert "这个咋整啊咋整" in ticket.summary


async def test_the_third_line_is_a_person() -> None:
    chat = Chat(MIMI)
    await puzzled(chat)
    await chat.writes("3", ("greet", 0.2))
    assert len(chat.did(HandOver)) == 1


async def test_the_second_time_a_person_comes() -> None:
    chat = Chat(MIMI)
    await puzzled(chat)
    read = await puzzled(chat, "就那个事儿呗")
    assert "还是没弄明白" in read[0]
    assert len(chat.did(HandOver)) == 1


async def test_small_talk_between_does_not_begin_the_count_anew() -> None:
    chat = Chat(MIMI)
    await puzzled(chat)
    for text, intent in (("谢谢", "thank"), ("今天天气不错", "out_of_scope"), ("你好", "greet")):
        await chat.says(text, intent)
    await puzzled(chat, "就那个事儿呗")
    assert len(chat.did(HandOver)) == 1


async def test_what_was_understood_between_begins_it_anew_and_so_do_hours() -> None:
    chat = Chat(MIMI)
    await puzzled(chat)
    await chat.says("有券吗", "coupon_query")
    await puzzled(chat, "就那个事儿呗")
    assert chat.did(HandOver) == []
    chat.clock.turn(timedelta(hours=7))
    await puzzled(chat, "就那个事儿呗")
    assert chat.did(HandOver) == []


async def test_where_only_small_talk_is_likely_the_commonest_wishes_are_offered() -> None:
    chat = Chat(STRANGER)
    await chat.writes("唔嘛哩", ("greet", 0.2), ("thank", 0.19))
    assert chat.labels == ["查库存", "查快递", "找人工客服"]


async def test_the_lines_of_a_greeting_can_be_counted_off() -> None:
    chat = Chat(STRANGER)
    await chat.says("你好", "greet")
    assert chat.labels[1] == "查快递"
    await chat.writes("2", ("greet", 0.2))
    assert chat.reading.meant.intent == "logistics_query"


async def test_the_open_question_survives_what_was_not_understood() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [ARRIVED, SHIPPED]
    await chat.says("开发票", "invoice_request")
    await puzzled(chat)
    await chat.writes("连体衣那个", ("greet", 0.2))
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]


async def test_an_insult_is_answered_with_regret_no_coupon_and_a_person() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [SHIPPED]
    read = await chat.says("垃圾快递三天没动了", "logistics_delay")
    assert read[0].startswith("让您不痛快了，抱歉。")
    assert "嘉兴" in read[0]
    assert chat.did(GrantCoupon) == []
    assert [(each.urgent, each.reason) for each in chat.did(HandOver)] == [
        (True, "顾客情绪激动，请优先接待")
    ]


@pytest.mark.parametrize(
    ("text", "priority"),
    [("我要换货", Priority.NORMAL), ("我要换货，你们什么态度", Priority.HIGH)],
)
async def test_an_angry_customers_ticket_hurries_more(text: str, priority: Priority) -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [ARRIVED]
    await chat.says(text, "exchange_request")
    assert [each.priority for each in chat.did(OpenTicket)] == [priority]


async def test_a_first_angry_word_gets_an_answer_and_the_second_a_person() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [SHIPPED]
    await chat.says("怎么还没到！！！", "logistics_query")
    assert chat.did(HandOver) == []
    await chat.says("到底什么时候到？？？", "logistics_query")
    assert [each.urgent for each in chat.did(HandOver)] == [True]
    assert chat.conversation.dialogue.vexed == 0


async def test_who_asks_for_the_third_time_gets_a_person() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [SHIPPED]
    await chat.says("第三次问了 快递到哪了", "logistics_query")
    assert len(chat.did(HandOver)) == 1


async def test_angry_small_talk_is_not_met_cheerfully() -> None:
    chat = Chat(MIMI)
    read = await chat.says("呵呵 谢谢你们啊", "thank")
    assert read == ["让您不痛快了，抱歉。是哪件事没办好？告诉我，我马上去办；想直接找人也行。"]
    await chat.says("无语", "out_of_scope")
    assert len(chat.did(HandOver)) == 1


async def test_a_complaint_calls_one_person_and_not_two() -> None:
    chat = Chat(MIMI)
    await chat.says("我要投诉你们这些骗子", "complaint")
    assert len(chat.did(HandOver)) == 1


@pytest.mark.parametrize("text", ["谢谢！！！", "太好了！！！", "垃圾桶有货吗", "便宜死了！！！"])
async def test_joy_and_goods_are_no_anger(text: str) -> None:
    chat = Chat(MIMI)
    read = await chat.says(text, "thank")
    assert read == ["不客气，有需要随时找我。"]


async def test_an_angry_yes_still_cancels() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [order("E1", OrderStatus.PAID, "学步鞋")]
    await chat.says("帮我取消，你们什么态度", "order_cancel")
    assert chat.did(OpenTicket) == []
    await chat.writes("嗯", ("greet", 0.2))
    assert [each.priority for each in chat.did(OpenTicket)] == [Priority.URGENT]


@pytest.mark.parametrize("text", ["就那个事儿呗，骗子", "就那个事儿呗，无语"])
async def test_who_is_angry_and_not_understood_twice_gets_one_person(text: str) -> None:
    chat = Chat(MIMI)
    await puzzled(chat)
    read = await puzzled(chat, text)
    assert read[0].startswith("让您不痛快了，抱歉。")
    assert [(each.urgent, each.angry) for each in chat.did(HandOver)] == [(True, True)]


async def test_at_night_who_is_angry_and_not_understood_twice_is_promised_one_person() -> None:
    chat = Chat(MIMI, clock=FrozenClock(NIGHT))
    await puzzled(chat)
    read = await puzzled(chat, "就那个事儿呗，骗子")
    assert len(chat.did(PromisePerson)) == 1
    assert sum("不是客服时间" in each for each in read) == 1


async def test_who_asks_for_a_coupon_in_anger_still_gets_it() -> None:
    chat = Chat(MIMI)
    await chat.says("你们什么态度，有券吗", "coupon_query")
    assert len(chat.did(GrantCoupon)) == 1
