"""Complaints, danger, a wish for a person: who is called, and what they are told."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.conversations.commands import HandOver, PromisePerson, Tell
from desk.conversations.outgoing import PassToPerson
from desk.kernel.messages import Phrase, Say
from desk.staff.hours import Open, ServiceHours
from desk.tickets.commands import OpenTicket, TakeTicket
from desk.tickets.model import Priority, TicketKind
from tests.actions.chat import Chat
from tests.actions.goods import PAID
from tests.actions.people import MIMI, STRANGER
from tests.fakes.staff import FakeStaff

NIGHT = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
"""23:30 in Shanghai."""
EARLY = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
"""7:00 of the next day in Shanghai."""


async def test_a_person_is_called_with_what_was_wanted_before() -> None:
    chat = Chat(STRANGER)
    await chat.says("我的快递三天没动了", "logistics_query")
    await chat.says("转人工", "human_handoff")
    passed = chat.did(HandOver)[0]
    assert not passed.urgent
    assert passed.summary == "“我的快递三天没动了”"
    assert [type(each) for each in chat.errands] == [PassToPerson]


async def test_who_only_wants_a_person_is_not_quoted_with_that() -> None:
    chat = Chat(STRANGER)
    await chat.says("麻烦帮我转人工客服吧", "human_handoff")
    assert chat.did(HandOver)[0].summary == ""


async def test_the_question_that_was_interrupted_is_told() -> None:
    chat = Chat(STRANGER)
    await chat.says("我的快递三天没动了", "logistics_query")
    await chat.taps("找人工客服")
    assert chat.did(HandOver)[0].summary == "“我的快递三天没动了”"


async def test_the_person_reads_tier_and_the_order_with_its_state() -> None:
    chat = Chat(MIMI)
    await chat.says("发货了吗", "order_status", order_id=PAID.number)
    await chat.says("转人工", "human_handoff")
    passed = chat.did(HandOver)[0]
    assert isinstance(passed.order, Phrase)
    assert chat.text(Say(passed.order)) == f"{PAID.number}，已付款，待发货"
    assert passed.tier == "金卡"
    assert not passed.angry


async def test_the_person_reads_the_product_with_what_is_left() -> None:
    chat = Chat(MIMI)
    await chat.says(
        "学步鞋粉色22码有货吗", "stock_check", product="学步鞋", color="粉色", size="22码"
    )
    await chat.says("转人工", "human_handoff")
    passed = chat.did(HandOver)[0]
    assert isinstance(passed.product, Phrase)
    assert chat.text(Say(passed.product)) == "婴儿学步鞋软底防滑 粉色 22码，还有 5 件"


async def test_where_the_bot_gives_up_the_person_reads_that() -> None:
    chat = Chat(STRANGER)
    await chat.writes("那个能弄吗", ("price_query", 0.3), ("stock_check", 0.29))
    await chat.writes("就那个呀", ("price_query", 0.3), ("stock_check", 0.29))
    passed = chat.did(HandOver)[0]
    assert passed.reason == "机器人没听懂顾客的话"
    assert passed.summary == "“就那个呀”"


async def test_an_angry_customer_is_announced_as_one() -> None:
    chat = Chat(STRANGER)
    await chat.says("气死我了，叫你们真人来！！", "human_handoff")
    assert chat.did(HandOver)[0].angry


@pytest.mark.parametrize(
    ("at", "when"), [(NIGHT, "明天 09:00"), (EARLY, "今天 09:00")], ids=["late", "early"]
)
async def test_at_night_a_person_is_promised_and_the_bot_keeps_the_session(
    at: datetime, when: str
) -> None:
    chat = Chat(MIMI)
    chat.clock.at = at
    read = await chat.says("转人工", "human_handoff")
    assert when in read[0]
    assert chat.did(PromisePerson)
    assert chat.errands == []


async def test_at_night_a_complaint_is_put_down_and_a_person_is_promised() -> None:
    chat = Chat(MIMI)
    chat.clock.at = NIGHT
    read = await chat.says("我要投诉你们", "complaint")
    assert "明天 09:00" in read[0]
    assert "最晚明天 11:00 前" in read[1]
    assert chat.did(PromisePerson)
    assert chat.errands == []


async def test_danger_is_not_put_off_till_the_morning() -> None:
    chat = Chat(MIMI)
    chat.clock.at = NIGHT
    await chat.says("宝宝噎住了没呼吸", "danger")
    assert [type(each) for each in chat.errands] == [PassToPerson]


async def test_the_merchants_own_hours_count() -> None:
    chat = Chat(MIMI, staff=FakeStaff(hours=ServiceHours((Open(13 * 60, 18 * 60),) * 7)))
    read = await chat.says("转人工", "human_handoff")
    assert "今天 13:00" in read[0]


async def test_a_house_without_people_keeps_the_wish() -> None:
    chat = Chat(MIMI, staff=FakeStaff(()))
    await chat.says("转人工", "human_handoff")
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.CONSULT]


async def test_a_complaint_is_urgent_and_goes_to_those_who_deal_with_complaints() -> None:
    chat = Chat(MIMI)
    await chat.says("我要投诉你们", "complaint")
    ticket, passed = chat.did(OpenTicket)[0], chat.did(HandOver)[0]
    assert (ticket.kind, ticket.priority) == (TicketKind.COMPLAINT, Priority.URGENT)
    assert (ticket.skill, passed.skill, passed.urgent) == ("complaint", "complaint", True)


async def test_a_complaint_names_the_order_that_was_talked_about() -> None:
    chat = Chat(MIMI)
    await chat.says("发货了吗", "order_status", order_id=PAID.number)
    await chat.says("我要投诉你们", "complaint")
    assert [each.order_no for each in chat.did(OpenTicket)] == [PAID.number]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("宝宝噎住了没呼吸", "120"),
        ("着火了", "119"),
        ("我不想活了", "12356"),
        ("遗书写好了", "12356"),
    ],
)
async def test_danger_names_the_number_that_helps_and_calls_a_person(
    text: str, number: str
) -> None:
    chat = Chat(STRANGER)
    read = await chat.says(text, "out_of_scope")
    assert number in read[0]
    ticket, passed = chat.did(OpenTicket)[0], chat.did(HandOver)[0]
    assert (ticket.kind, ticket.priority) == (TicketKind.EMERGENCY, Priority.URGENT)
    assert passed.urgent


async def test_progress_names_owner_and_time() -> None:
    chat = Chat(MIMI)
    await chat.says("付不了款", "payment_issue")
    number = next(iter(chat.books.tickets.kept))
    read = await chat.says("处理得怎么样了", "ticket_progress")
    assert "等同事接手，最晚今天 20:00 前答复您" in read[0]
    await chat.staff_does(TakeTicket(number, "dazhi"))
    read = await chat.says(number, "ticket_progress", ticket=number)
    assert "大志正在处理" in read[0]


async def test_a_late_ticket_is_nudged_where_it_lies() -> None:
    chat = Chat(MIMI)
    await chat.says("付不了款", "payment_issue")
    chat.clock.turn(timedelta(hours=9))
    await chat.says("处理得怎么样了", "ticket_progress")
    assert [each.to for each in chat.did(Tell)] == [()]
    await chat.staff_does(TakeTicket(next(iter(chat.books.tickets.kept)), "dazhi"))
    await chat.says("处理得怎么样了", "ticket_progress")
    assert [each.to for each in chat.did(Tell)] == [("dazhi",)]


async def test_without_tickets_there_is_a_way_to_a_person() -> None:
    chat = Chat(MIMI)
    await chat.says("处理得怎么样了", "ticket_progress")
    assert chat.labels == ["找人工客服"]


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("5星", []),
        ("十分满意", []),
        ("10分", []),
        ("1星", ["找人工客服"]),
        ("2", ["找人工客服"]),
        ("太差了", ["找人工客服"]),
        ("不满意", ["找人工客服"]),
    ],
)
async def test_who_is_not_content_is_offered_a_person(text: str, offers: list[str]) -> None:
    chat = Chat(MIMI)
    await chat.says(text, "satisfaction_rating")
    assert chat.labels == offers


async def test_the_tickets_number_comes_after_the_sentence() -> None:
    chat = Chat(MIMI)
    read = await chat.says("付不了款", "payment_issue")
    assert isinstance(chat.last.say[0], Say)
    assert ["工单号" in each for each in read] == [False, True]
