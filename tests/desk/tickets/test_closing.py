"""What is closed stays closed; what is not solved after all goes on as a new ticket."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.tickets.closing.commands import CloseTicket
from desk.tickets.commands import FinishTicket, ReopenTicket, TakeTicket
from desk.tickets.kin.commands import MergeTicket
from desk.tickets.model import TicketKind, TicketState
from desk.tickets.relations import How, Link
from tests.desk.work.house import DELAYED, House, heard, keys, told, updates

FIRST, SECOND = "T-20261121-0001", "T-20261121-0002"


@pytest.fixture
async def solved(house: House) -> House:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(FIRST, "amei"), FinishTicket(FIRST, "amei"))
    return house


async def test_what_was_solved_long_ago_is_closed_and_nobody_hears(solved: House) -> None:
    at = solved.books.tickets.kept[FIRST].solved_at
    solved.clock.turn(timedelta(days=7))
    assert await solved.staff_does(CloseTicket(FIRST, "bot")) == ()
    ticket = solved.books.tickets.kept[FIRST]
    assert (ticket.state, ticket.solved_at) == (TicketState.CLOSED, at)
    line = solved.books.tickets.events[-1]
    assert (line.actor, line.what) == ("bot", "closed")


async def test_a_supervisor_closes_what_nobody_shall_work_on(house: House) -> None:
    await house.do(DELAYED)
    offer = house.books.assignments.open_now()[0]
    said = await house.staff_does(CloseTicket(FIRST, "fangjie", "测试单"))
    assert house.books.tickets.kept[FIRST].state is TicketState.CLOSED
    assert offer.task in [task for task, _ in updates(said)]
    assert keys(told(said, "fangjie")) == ("ticket.closed",)
    assert heard(said) == ()
    deadlines = await house.books.deadlines.of_ticket(house.books.tickets.kept[FIRST].id)
    assert all(each.met_at is None and each.looked_at is None for each in deadlines)


async def test_its_owner_hears_that_it_is_closed(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(FIRST, "amei"))
    said = await house.staff_does(CloseTicket(FIRST, "fangjie", "测试单"))
    assert keys(told(said, "amei")) == ("ticket.closed.news",)
    assert f"ticket-{FIRST}-owner-amei" in [task for task, _ in updates(said)]


async def test_an_agent_closes_nothing(house: House) -> None:
    await house.do(DELAYED)
    said = await house.staff_does(CloseTicket(FIRST, "amei", "不想做"))
    assert keys(told(said, "amei")) == ("ticket.close.above",)
    assert house.books.tickets.kept[FIRST].state is TicketState.OPEN


async def test_a_ticket_is_closed_once(solved: House) -> None:
    await solved.staff_does(CloseTicket(FIRST, "fangjie", "好了"))
    said = await solved.staff_does(CloseTicket(FIRST, "fangjie", "好了"))
    assert keys(told(said, "fangjie")) == ("ticket.close.already",)


async def test_what_is_closed_and_not_solved_goes_on_as_a_new_ticket(solved: House) -> None:
    await solved.staff_does(CloseTicket(FIRST, "bot"))
    said = await solved.do(ReopenTicket(FIRST, "customer", "又坏了"))
    old, new = (solved.books.tickets.kept[each] for each in (FIRST, SECOND))
    assert old.state is TicketState.CLOSED
    assert (new.kind, new.order_no, new.state) == (old.kind, old.order_no, TicketState.OPEN)
    assert new.summary == f"工单 {FIRST} 关闭后还没解决：又坏了"
    assert await solved.books.kin.links(new.id) == (
        Link(How.CAUSE, FIRST, TicketState.CLOSED, old.summary),
    )
    assert keys(heard(said)) == ("ticket.opened",)


async def test_who_opens_a_closed_one_again_hears_that_it_is_a_new_one(solved: House) -> None:
    await solved.staff_does(CloseTicket(FIRST, "bot"))
    said = await solved.staff_does(ReopenTicket(FIRST, "dazhi"))
    assert keys(told(said, "dazhi")) == ("ticket.opened_anew",)
    opened = [each for each in solved.books.tickets.events if each.what == "opened"]
    assert [each.actor for each in opened] == ["bot", "dazhi"]


async def test_what_was_merged_and_is_not_solved_opens_where_it_went_on(house: House) -> None:
    await house.do(DELAYED, replace(DELAYED, kind=TicketKind.URGE))
    await house.staff_does(MergeTicket(SECOND, FIRST, "fangjie"), FinishTicket(FIRST, "fangjie"))
    await house.do(ReopenTicket(SECOND, "customer", "没好"))
    assert house.books.tickets.kept[FIRST].state is TicketState.TAKEN
    assert sorted(house.books.tickets.kept) == [FIRST, SECOND]


async def test_those_who_watch_hear_that_it_is_solved_and_the_owner_not_twice(
    house: House,
) -> None:
    await house.do(replace(DELAYED, watchers=("fangjie", "amei", "gone_long_ago")))
    await house.staff_does(TakeTicket(FIRST, "amei"))
    said = await house.staff_does(FinishTicket(FIRST, "amei"))
    assert keys(told(said, "fangjie")) == ("ticket.watch.solved",)
    assert keys(told(said, "amei")) == ("ticket.done",)
    assert told(said, "gone_long_ago") == ()


async def test_those_who_watch_hear_of_what_a_rule_opens(house: House) -> None:
    said = await house.do(replace(DELAYED, by="rule:vip", watchers=("fangjie",)))
    assert keys(told(said, "fangjie")) == ("ticket.watch.opened",)
    said = await house.do(replace(DELAYED, order_no="E2", watchers=("fangjie",)))
    assert told(said, "fangjie") == ()
