"""Stores, goods, leaders and lanes on the real database, from the customer's words on."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from desk.assignment.commands import SetPresence
from desk.assignment.model import HEAD_OFFICE, Cause, Exclusion, Presence
from desk.conversations.commands import Remember
from desk.conversations.outgoing import Body, TellStaff, UpdateCard
from desk.customers.commands import MergeCustomers, UnmergeCustomer
from desk.kernel.messages import Card
from desk.leaders.commands import MarkLeader, UnmarkLeader
from desk.routing.placed import By
from desk.store.database import Database
from desk.tickets.commands import OpenTicket, TakeTicket
from desk.tickets.filling.commands import SetFields
from desk.tickets.model import Priority, TicketKind
from desk.tickets.sorting.commands import PrioritiseTicket, RouteTicket
from tests.clocks import FrozenClock
from tests.desk.routing.town import EVERYBODY, Town
from tests.fakes.staff import FakeStaff


@pytest.fixture
async def town(library: Database, clock: FrozenClock) -> Town:
    made = Town(library, clock)
    await made.meets()
    return made


def cards(bodies: list[Body]) -> dict[str, tuple[Card, tuple[str, ...]]]:
    """The cards that went out by their task, with whom they went to."""
    return {
        body.reply.task: (body.reply, body.to)
        for body in bodies
        if isinstance(body, TellStaff) and isinstance(body.reply, Card)
    }


async def test_a_complaint_goes_to_the_store_that_was_named_even_some_messages_ago(
    town: Town,
) -> None:
    await town.hears("徐家汇店的店员态度太差了", "没有订单，就是在店里")
    ticket = await town.opens()
    assert (ticket.store, ticket.region) == ("xujiahui", "上海")
    assert (await town.placed(ticket)).store.by is By.NAMED
    kept = await town.decided(ticket)
    assert (kept.decision.winner, kept.decision.place) == ("xuxu", "xujiahui")
    assert kept.decision.passed == ()


async def test_what_was_named_half_an_hour_ago_is_another_matter(town: Town) -> None:
    await town.hears("徐家汇店几点关门")
    town.clock.turn(timedelta(minutes=31))
    await town.hears("我要投诉")
    ticket = await town.opens()
    assert ticket.store == ""
    assert (await town.decided(ticket)).decision.winner == "mei"


async def test_a_complaint_of_no_named_store_goes_to_the_nearest_of_the_region(
    town: Town,
) -> None:
    await town.is_at(31.30, 121.51)
    town.clock.turn(timedelta(days=1))
    ticket = await town.opens()
    placed = await town.placed(ticket)
    assert (ticket.store, ticket.region) == ("wujiaochang", "上海")
    assert placed.store.by is By.NEAREST
    assert placed.store.km == pytest.approx(0.6, abs=0.3)
    assert (await town.decided(ticket)).decision.winner == "wuwu"


async def test_off_shift_the_next_store_helps_then_the_farther_one_then_head_office(
    town: Town,
) -> None:
    town.clock.turn(timedelta(hours=7))
    await town.hears("徐家汇店的人骂我")
    ticket = await town.opens()
    decision = (await town.decided(ticket)).decision
    assert (decision.winner, decision.place) == ("wuwu", "wujiaochang")
    assert decision.passed == ("xujiahui",)
    reasons = {each.userid: each.excluded for each in decision.judged}
    assert reasons["xuxu"] is Exclusion.OFF_SHIFT
    assert reasons["mei"] is Exclusion.STORE

    await town.do(SetPresence("wuwu", Presence.AWAY, "wuwu"))
    decision = (await town.decided(ticket)).decision
    assert (decision.winner, decision.passed) == ("binbin", ("xujiahui", "wujiaochang"))

    await town.do(SetPresence("binbin", Presence.AWAY, "binbin"))
    decision = (await town.decided(ticket)).decision
    assert (decision.winner, decision.place) == ("mei", HEAD_OFFICE)


async def test_with_nobody_anywhere_it_waits_until_the_stores_shift_begins(town: Town) -> None:
    town.clock.turn(timedelta(hours=7))
    for userid in ("wuwu", "binbin", "mei"):
        await town.do(SetPresence(userid, Presence.AWAY, userid))
    await town.hears("徐家汇店的人骂我")
    ticket = await town.opens()
    decision = (await town.decided(ticket)).decision
    assert decision.winner == ""
    assert decision.passed == ("xujiahui", "wujiaochang", "binjiang", HEAD_OFFICE)
    town.clock.turn(timedelta(hours=14, minutes=1))
    assert await town.looks_again() == 1
    kept = await town.decided(ticket)
    assert (kept.cause, kept.decision.winner) == (Cause.LOOKED_AGAIN, "xuxu")


async def test_what_is_no_stores_business_is_anybodys(town: Town) -> None:
    await town.hears("徐家汇店旁边的快递还没到")
    ticket = await town.opens(TicketKind.LOGISTICS)
    assert (ticket.store, ticket.region) == ("", "上海")
    assert (await town.decided(ticket)).decision.place == ""


async def test_the_order_tells_the_kind_of_goods_and_that_the_skill(town: Town) -> None:
    await town.bought("E1", "轻便婴儿车 可登机")
    ticket = await town.opens(TicketKind.URGE, "E1")
    placed = await town.placed(ticket)
    assert ticket.product_type == "推车"
    assert (placed.goods.by, placed.goods.word) == (By.TITLE, "婴儿车")
    assert (placed.route, placed.line, placed.skill) == ("推车报修", 3, "workshop")


async def test_of_an_order_that_is_not_in_the_book_the_summary_tells(town: Town) -> None:
    await town.do(
        OpenTicket(
            TicketKind.URGE,
            Priority.HIGH,
            "催发货：轻便婴儿车",
            town.customer,
            town.chat.id,
            "tao",
            "E9",
        )
    )
    (ticket,) = await town.library.tickets.of_customer(town.customer, 1)
    assert ticket.product_type == "推车"


async def test_without_an_order_what_is_talked_about_tells(town: Town) -> None:
    await town.do(Remember({"product": "数学启蒙 12 节", "item": "tao:55"}))
    ticket = await town.opens(TicketKind.CONSULT)
    assert (ticket.product_type, ticket.store) == ("数学", "wujiaochang")
    assert (await town.placed(ticket)).store.by is By.GOODS


async def test_an_urgent_complaint_of_a_vip_calls_the_supervisor_of_the_region(
    town: Town,
) -> None:
    await town.bought("E1", "连体衣", payment=600000)
    await town.hears("徐家汇店的人骂我")
    await town.outbox()
    ticket = await town.opens(urgent=True)
    assert (await town.placed(ticket)).tier == "vip"
    task = f"ticket-{ticket.number}-above"
    sent = cards(await town.outbox())
    assert sent[task][1] == ("mei",)
    assert sent[f"ticket-{ticket.number}-offer-1"][1] == ("xuxu",)
    history = await town.library.tickets.history(ticket.number)
    assert [(each.what, each.note) for each in history][-1] == ("called_above", "梅姐")

    for priority in (Priority.NORMAL, Priority.URGENT):
        await town.do(PrioritiseTicket(ticket.number, "manyun", priority))
    assert task not in cards(await town.outbox())

    await town.do(TakeTicket(ticket.number, "xuxu"))
    closed = [each.task for each in await town.outbox() if isinstance(each, UpdateCard)]
    assert task in closed


async def test_what_is_raised_to_urgent_later_calls_them_then(town: Town) -> None:
    await town.bought("E1", "连体衣", payment=600000)
    await town.hears("徐家汇店的人骂我")
    ticket = await town.opens()
    await town.do(PrioritiseTicket(ticket.number, "manyun", Priority.URGENT))
    assert cards(await town.outbox())[f"ticket-{ticket.number}-above"][1] == ("mei",)


async def test_without_a_supervisor_of_the_region_the_managers_are_called(town: Town) -> None:
    await town.bought("E1", "连体衣", payment=600000)
    await town.hears("我在杭州，你们的店员骂人")
    await town.outbox()
    ticket = await town.opens(urgent=True)
    assert ticket.store == "binjiang"
    assert cards(await town.outbox())[f"ticket-{ticket.number}-above"][1] == ("manyun",)


@pytest.mark.parametrize(("payment", "urgent"), [(600000, False), (1000, True)])
async def test_nobody_is_called_for_others_or_where_it_does_not_hurry(
    town: Town, payment: int, urgent: bool
) -> None:
    await town.bought("E1", "连体衣", payment)
    ticket = await town.opens(urgent=urgent)
    assert not any(task.endswith("-above") for task in cards(await town.outbox()))
    assert ticket.store == ""


async def test_a_leaders_ticket_goes_to_the_pool_with_the_nearest_warehouse(town: Town) -> None:
    await town.do(MarkLeader(town.customer, "", "mei"))
    await town.is_at(31.2050, 121.4450)
    ticket = await town.opens(TicketKind.OTHER)
    assert (ticket.kind, ticket.tags) == (TicketKind.LEADER, ("团长",))
    assert ticket.fields["warehouse"] == "嘉定仓"
    decision = (await town.decided(ticket)).decision
    assert decision.winner == "tuan"
    terms = {term.name: term.value for term in decision.judged[0].terms}
    assert terms["warehouse"] == 1
    card, _ = cards(await town.outbox())[f"ticket-{ticket.number}-offer-1"]
    rows = {name.key: text for name, text in card.rows}
    assert rows["card.row.warehouse"].params == {"name": "嘉定仓", "km": "25"}


async def test_who_is_one_person_with_a_leader_is_a_leader_until_they_are_split(
    town: Town,
) -> None:
    leader = town.customer
    await town.do(MarkLeader(leader, "xiaoshan", "mei"))
    await town.meets("wm2")
    assert await town.library.leaders.of(town.customer) is None
    await town.do(MergeCustomers(leader, town.customer, "mei"))
    found = await town.library.leaders.of(town.customer)
    assert found is not None
    assert (found.warehouse, found.by) == ("xiaoshan", "mei")
    ticket = await town.opens(TicketKind.URGE)
    assert (ticket.tags, ticket.fields["warehouse"]) == (("团长",), "萧山仓")
    await town.do(UnmergeCustomer(town.customer, "mei"))
    assert await town.library.leaders.of(town.customer) is None
    assert await town.library.leaders.of(leader) is not None


async def test_a_leader_is_marked_anew_and_no_more(town: Town) -> None:
    await town.do(MarkLeader(town.customer, "", "mei"))
    await town.do(MarkLeader(town.customer, "jiading", "manyun"))
    (leader,) = await town.library.leaders.everybody(10)
    assert (leader.warehouse, leader.by) == ("jiading", "manyun")
    await town.do(UnmarkLeader(town.customer, "mei"))
    await town.do(UnmarkLeader(town.customer, "mei"))
    assert await town.library.leaders.everybody(10) == ()
    keys = [
        body.reply.phrase.key
        for body in await town.outbox()
        if isinstance(body, TellStaff) and not isinstance(body.reply, Card)
    ]
    assert keys == ["leader.marked", "leader.marked_again", "leader.unmarked", "leader.none"]


async def test_two_marked_before_they_are_merged_are_unmarked_together(town: Town) -> None:
    first = town.customer
    await town.do(MarkLeader(first, "", "mei"))
    await town.meets("wm2")
    await town.do(MarkLeader(town.customer, "", "mei"))
    await town.do(MergeCustomers(first, town.customer, "mei"))
    await town.do(UnmarkLeader(first, "mei"))
    assert await town.library.leaders.everybody(10) == ()


async def test_of_those_that_wait_the_better_lane_is_offered_first(town: Town) -> None:
    town.staff = FakeStaff(tuple(each for each in EVERYBODY if each.userid in ("office", "manyun")))
    await town.do(SetPresence("office", Presence.AWAY, "office"))
    for kind in (TicketKind.CONSULT, TicketKind.INVOICE, TicketKind.RETURN, TicketKind.EXCHANGE):
        await town.opens(kind, f"E{kind}", urgent=kind is TicketKind.INVOICE)
        town.clock.turn(timedelta(seconds=5))
    await town.do(SetPresence("office", Presence.ON_DUTY, "office"))
    assert await town.looks_again() == 4
    async with town.library.step() as books:
        asked = [each.ticket.kind for each in await books.assignments.asked("office")]
    assert asked == [
        TicketKind.RETURN,
        TicketKind.EXCHANGE,
        TicketKind.INVOICE,
        TicketKind.CONSULT,
    ]


async def test_an_answer_of_the_form_tells_the_store_later(town: Town) -> None:
    ticket = await town.opens(TicketKind.APPOINTMENT)
    assert (ticket.store, (await town.decided(ticket)).decision.winner) == ("", "xuxu")
    await town.do(
        SetFields(ticket.number, "customer", {"place": "五角场那边"}, "哪家门店：五角场那边")
    )
    changed = await town.library.tickets.by_number(ticket.number)
    assert changed is not None
    assert (changed.store, changed.region) == ("wujiaochang", "上海")
    assert (await town.decided(ticket)).decision.winner == "wuwu"
    assert (await town.placed(ticket)).store.by is By.NAMED


async def test_what_joins_tells_the_store_later_and_who_has_it_keeps_it(town: Town) -> None:
    first = await town.opens()
    await town.do(TakeTicket(first.number, "mei"))
    await town.hears("是徐家汇店的事")
    again = await town.opens()
    assert (again.number, again.store, again.owner) == (first.number, "xujiahui", "mei")
    assert (await town.decided(again)).cause is Cause.OPENED
    history = await town.library.tickets.history(first.number)
    assert (history[-1].what, history[-1].note) == ("store_learnt", "徐家汇店")


async def test_nobody_is_asked_anew_where_one_of_the_store_is_asked_already(town: Town) -> None:
    ticket = await town.opens(TicketKind.APPOINTMENT)
    await town.do(SetFields(ticket.number, "customer", {"place": "徐家汇"}, "哪家门店：徐家汇"))
    kept = await town.library.assignments.decisions(ticket.number, 5)
    assert [each.decision.winner for each in kept] == ["xuxu"]


async def test_a_complaint_after_an_appointment_goes_where_that_was(town: Town) -> None:
    await town.hears("想约五角场店")
    appointment = await town.opens(TicketKind.APPOINTMENT)
    assert appointment.store == "wujiaochang"
    town.clock.turn(timedelta(days=3))
    await town.hears("太失望了")
    complaint = await town.opens()
    assert complaint.store == "wujiaochang"
    assert (await town.placed(complaint)).store.by is By.APPOINTMENT


async def test_a_rule_may_route_a_ticket_to_another_store(town: Town) -> None:
    await town.hears("徐家汇店的人骂我")
    ticket = await town.opens()
    await town.do(RouteTicket(ticket.number, "rule:elsewhere", store="binjiang"))
    decision = (await town.decided(ticket)).decision
    assert (decision.winner, decision.place, decision.passed) == ("binbin", "binjiang", ())
    await town.do(SetPresence("binbin", Presence.AWAY, "binbin"))
    decision = (await town.decided(ticket)).decision
    assert (decision.winner, decision.passed) == ("xuxu", ("binjiang",))


async def test_an_order_that_cannot_be_read_any_more_hinders_nobody(town: Town) -> None:
    await town.bought("E1", "轻便婴儿车")
    async with town.library.reading() as connection:
        await connection.execute(text("UPDATE shop_orders SET content = '[1]'"))
    ticket = await town.opens(TicketKind.URGE, "E1")
    assert ticket.product_type == ""


async def test_a_ticket_that_is_joined_keeps_where_it_was_put(town: Town) -> None:
    await town.hears("徐家汇店的人骂我")
    first = await town.opens()
    await town.hears("还有五角场店也一样")
    again = await town.opens()
    assert (again.number, again.store) == (first.number, "xujiahui")
    assert (await town.placed(again)).store.word == "徐家汇店"
