"""Two tickets become one: nothing is lost, and the customer has one number."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.customers.commands import MergeCustomers
from desk.kernel.ids import ConversationId, derived
from desk.sla.policy import Which
from desk.tickets.commands import FinishTicket, ReopenTicket, TakeTicket, WaitOnTicket
from desk.tickets.kin.commands import MergeTicket
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from desk.tickets.sorting.commands import TagTicket, WatchTicket
from tests.desk.work.house import CHAT, DELAYED, LELE, MIMI, House, heard, keys, told, updates

FIRST, SECOND, THIRD, FOURTH = (f"T-20261121-000{n}" for n in (1, 2, 3, 4))
URGED = replace(DELAYED, kind=TicketKind.URGE, priority=Priority.NORMAL, summary="催了一下")


def ticket(house: House, number: str) -> Ticket:
    return house.books.tickets.kept[number]


@pytest.fixture
async def two(house: House) -> House:
    """An urgent one and, five minutes later, one that does not hurry."""
    await house.do(replace(DELAYED, order_no="", fields={"a": "1", "b": "旧"}, store="xujiahui"))
    house.clock.turn(timedelta(minutes=5))
    await house.do(replace(URGED, fields={"b": "新"}))
    return house


async def test_what_is_merged_is_closed_and_leads_to_the_other(two: House) -> None:
    said = await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    merged = ticket(two, FIRST)
    assert (merged.state, merged.merged_into) == (TicketState.CLOSED, SECOND)
    (first,) = heard(said)
    assert (first.key, first.params["into"]) == ("ticket.merged.customer", SECOND)
    assert keys(told(said, "fangjie")) == ("ticket.merged",)


async def test_the_other_gets_what_it_lacks_and_loses_nothing(two: House) -> None:
    await two.staff_does(
        TagTicket(FIRST, "fangjie", ("易碎",)),
        TagTicket(SECOND, "fangjie", ("团购",)),
        WatchTicket(FIRST, "fangjie", ("manyun",)),
        MergeTicket(FIRST, SECOND, "fangjie"),
    )
    into = ticket(two, SECOND)
    assert dict(into.fields) == {"a": "1", "b": "新"}
    assert (into.order_no, into.store) == (DELAYED.order_no, "xujiahui")
    assert (into.tags, into.watchers) == (("团购", "易碎"), ("manyun",))


async def test_what_hurries_more_counts(two: House) -> None:
    first = ticket(two, FIRST)
    await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    into = ticket(two, SECOND)
    assert (into.priority, into.due_at) == (Priority.URGENT, first.due_at)
    kept = two.books.deadlines.kept[into.id, Which.SOLUTION]
    assert kept.due_at == first.due_at


async def test_whose_ticket_hurries_more_for_it_reads_until_when(two: House) -> None:
    await two.staff_does(TakeTicket(SECOND, "amei"))
    said = await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    (news,) = told(said, "amei")
    assert news.key == "ticket.merged.hurried"
    assert news.params["due"] == ticket(two, SECOND).due_at


async def test_who_wants_to_work_on_what_was_merged_is_led_to_the_other(two: House) -> None:
    await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    for asked in (
        TakeTicket(FIRST, "amei"),
        FinishTicket(FIRST, "amei"),
        WaitOnTicket(FIRST, "amei", "", inside=True),
    ):
        (refused,) = told(await two.staff_does(asked), "amei")
        assert (refused.key, refused.params["into"]) == ("ticket.gone.merged", SECOND)


async def test_what_was_promised_for_the_merged_one_is_neither_kept_nor_broken(
    two: House,
) -> None:
    await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    kept = await two.books.deadlines.of_ticket(ticket(two, FIRST).id)
    assert kept
    assert all(each.met_at is None and each.breached_at is None for each in kept)
    assert all(each.looked_at is None for each in kept)


async def test_nobody_is_asked_to_take_the_merged_one_any_more(two: House) -> None:
    offer = two.books.assignments.open_now()[0]
    said = await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    assert dict(updates(said))[offer.task].key == "assign.ended.merged"
    assert [each.ticket for each in two.books.assignments.open_now()] == [ticket(two, SECOND).id]


async def test_who_had_the_merged_one_has_the_other_if_nobody_had_it(two: House) -> None:
    await two.staff_does(TakeTicket(FIRST, "amei"))
    said = await two.staff_does(MergeTicket(FIRST, SECOND, "amei"))
    assert (ticket(two, SECOND).owner, ticket(two, SECOND).state) == ("amei", TicketState.TAKEN)
    assert two.books.assignments.open_now() == ()
    assert f"ticket-{FIRST}-owner-amei" in [task for task, _ in updates(said)]


async def test_both_histories_tell_of_it(two: House) -> None:
    await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    parts = await two.books.kin.parts(SECOND)
    assert [each.number for each in parts] == [FIRST]
    lines = await two.books.kin.told_of([ticket(two, each).id for each in (FIRST, SECOND)])
    assert [(number, line.what) for number, line in lines] == [
        (FIRST, "opened"),
        (SECOND, "opened"),
        (FIRST, "merged"),
        (SECOND, "merged_in"),
        (SECOND, "raised_urgent"),
    ]


async def test_a_ticket_is_not_merged_into_itself_nor_in_a_circle(two: House) -> None:
    itself = await two.staff_does(MergeTicket(FIRST, FIRST, "fangjie"))
    assert keys(told(itself, "fangjie")) == ("ticket.unmerged.itself",)
    await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    back = await two.staff_does(MergeTicket(SECOND, FIRST, "fangjie"))
    assert keys(told(back, "fangjie")) == ("ticket.unmerged.itself",)
    assert ticket(two, SECOND).merged_into == ""


async def test_what_was_merged_leads_on_to_the_end(two: House) -> None:
    await two.do(replace(DELAYED, kind=TicketKind.RETURN))
    await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    await two.staff_does(MergeTicket(THIRD, FIRST, "fangjie"))
    assert ticket(two, THIRD).merged_into == SECOND
    again = await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    assert keys(told(again, "fangjie")) == ("ticket.unmerged.already",)


async def test_what_ended_is_not_merged_and_nothing_is_merged_into_it(two: House) -> None:
    await two.staff_does(FinishTicket(FIRST, "fangjie"))
    said = await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    assert keys(told(said, "fangjie")) == ("ticket.unmerged.ended",)
    said = await two.staff_does(MergeTicket(SECOND, FIRST, "fangjie"))
    assert keys(told(said, "fangjie")) == ("ticket.unmerged.into_ended",)


async def test_only_who_has_both_or_stands_above_merges(two: House) -> None:
    await two.staff_does(TakeTicket(FIRST, "amei"), TakeTicket(SECOND, "dazhi"))
    said = await two.staff_does(MergeTicket(FIRST, SECOND, "amei"))
    (refused,) = told(said, "amei")
    assert (refused.key, refused.params["name"]) == ("ticket.unmerged.not_yours", "大志")
    await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    assert ticket(two, FIRST).merged_into == SECOND


async def test_of_two_persons_only_a_supervisor_merges_who_is_sure(two: House) -> None:
    await two.do(replace(URGED, customer=LELE.id, order_no="E9"))
    said = await two.staff_does(MergeTicket(FIRST, THIRD, "amei"))
    assert keys(told(said, "amei")) == ("ticket.unmerged.strangers",)
    said = await two.staff_does(MergeTicket(FIRST, THIRD, "fangjie"))
    assert keys(told(said, "fangjie")) == ("ticket.unmerged.unsure",)
    said = await two.staff_does(MergeTicket(FIRST, THIRD, "fangjie", sure=True))
    assert keys(told(said, "fangjie")) == ("ticket.merged.strangers",)
    assert heard(said) == ()


async def test_customers_who_are_one_person_are_one_person_here(two: House) -> None:
    await two.do(replace(URGED, customer=LELE.id, order_no="E9"))
    await two.staff_does(MergeCustomers(MIMI.id, LELE.id, "xiaolu"))
    await two.staff_does(MergeTicket(FIRST, THIRD, "fangjie"))
    assert ticket(two, FIRST).merged_into == THIRD


async def test_what_was_merged_never_opens_again(two: House) -> None:
    await two.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    await two.staff_does(ReopenTicket(FIRST, "fangjie"))
    assert ticket(two, FIRST).state is TicketState.CLOSED


THEIRS = replace(CHAT, id=ConversationId(derived("chat of lele")), customer=LELE.id)


@pytest.fixture
async def taken_in(two: House) -> House:
    """MIMI's first ticket goes on as part of LELE's."""
    two.books.conversations.kept[THEIRS.id] = THEIRS
    await two.do(
        replace(URGED, customer=LELE.id, conversation=THEIRS.id, order_no="", fields={}, shop="")
    )
    await two.staff_does(MergeTicket(FIRST, THIRD, "fangjie", sure=True))
    return two


async def test_another_persons_ticket_gets_neither_order_nor_answers_of_the_merged_one(
    two: House,
) -> None:
    await two.do(replace(DELAYED, kind=TicketKind.RETURN, fields={"address": "某某路1号"}))
    await two.do(replace(URGED, customer=LELE.id, order_no="", fields={}, shop=""))
    await two.staff_does(MergeTicket(THIRD, FOURTH, "fangjie", sure=True))
    into = ticket(two, FOURTH)
    assert (into.order_no, into.shop, dict(into.fields)) == ("", "", {})


async def test_who_was_taken_into_another_persons_ticket_opens_one_of_their_own(
    taken_in: House,
) -> None:
    said = await taken_in.do(replace(DELAYED, order_no=""))
    assert heard(said, THEIRS) == ()
    assert "ticket.opened" in keys(heard(said))
    assert ticket(taken_in, FOURTH).customer == MIMI.id


async def test_who_was_taken_into_another_persons_ticket_opens_no_ticket_of_theirs_again(
    taken_in: House,
) -> None:
    await taken_in.staff_does(FinishTicket(THIRD, "fangjie"))
    said = await taken_in.do(ReopenTicket(FIRST, "customer", "还是没收到"))
    assert heard(said, THEIRS) == ()
    assert ticket(taken_in, THIRD).state is TicketState.SOLVED
    assert ticket(taken_in, FOURTH).customer == MIMI.id


async def test_who_merges_hears_that_the_customer_hears_nothing(two: House) -> None:
    await two.do(replace(URGED, customer=None, conversation=None, order_no="E9"))
    said = await two.staff_does(MergeTicket(FIRST, THIRD, "fangjie"))
    assert keys(told(said, "fangjie")) == ("ticket.merged.strangers",)


@pytest.mark.parametrize(("number", "into"), [(SECOND, THIRD), (THIRD, SECOND)])
async def test_what_customers_never_hear_of_is_not_merged_with_what_they_do(
    two: House, number: str, into: str
) -> None:
    await two.do(replace(URGED, kind=TicketKind.RISK, conversation=None))
    said = await two.staff_does(MergeTicket(number, into, "fangjie"))
    assert keys(told(said, "fangjie")) == ("ticket.unmerged.hidden",)
    assert heard(said) == ()
