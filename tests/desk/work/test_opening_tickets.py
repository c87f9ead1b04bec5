"""Tickets are opened once, joined after that, and told to those who can help."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.kernel.messages import phrase
from desk.tickets.commands import FinishTicket, TakeTicket
from desk.tickets.links import page_of
from desk.tickets.model import Priority, TicketKind
from tests.clocks import NOON
from tests.desk.work.house import CHAT, DELAYED, LELE, House, cards, heard, keys, told

NUMBER = "T-20261121-0001"


async def test_the_customer_hears_number_kind_and_next_step(house: House) -> None:
    bodies = await house.do(DELAYED)
    due = NOON + timedelta(hours=2)
    assert heard(bodies) == (
        phrase(
            "ticket.opened",
            number=NUMBER,
            kind=phrase("ticket.kind.logistics"),
            next=phrase("ticket.next.urgent", due=due),
            page=page_of(house.books.tickets.kept[NUMBER]),
        ),
    )


async def test_in_danger_the_customer_reads_of_help_and_of_no_number(house: House) -> None:
    bodies = await house.do(replace(DELAYED, kind=TicketKind.EMERGENCY))
    assert heard(bodies) == ()
    assert len(cards(bodies)) == 1


async def test_the_best_one_alone_gets_the_card(house: House) -> None:
    ((to, card),) = cards(await house.do(DELAYED))
    assert to == ("amei",)
    assert card.task == f"ticket-{NUMBER}-offer-1"
    assert [button.key for button in card.buttons] == [
        f"ticket take {NUMBER}",
        f"ticket return {NUMBER}",
    ]
    assert card.subtitle == phrase(
        "assign.card.asked",
        number=NUMBER,
        until=NOON + timedelta(minutes=10),
        given="",
        added="",
        summary=DELAYED.summary,
    )
    assert [name.key for name, _ in card.rows] == [
        "card.row.customer",
        "card.row.order",
        "card.row.due",
    ]


async def test_the_kind_chooses_the_skill_where_the_opener_names_none(house: House) -> None:
    asked = replace(DELAYED, kind=TicketKind.REFUND, priority=Priority.NORMAL, skill="")
    ((to, _),) = cards(await house.do(asked))
    assert to == ("dazhi",)


@pytest.mark.parametrize(
    ("priority", "hours"), [(Priority.URGENT, 2), (Priority.HIGH, 8), (Priority.NORMAL, 24)]
)
async def test_the_priority_decides_when_it_is_due(
    house: House, priority: Priority, hours: int
) -> None:
    await house.do(replace(DELAYED, priority=priority))
    assert house.books.tickets.kept[NUMBER].due_at == NOON + timedelta(hours=hours)


async def test_numbers_start_anew_with_the_day_in_shanghai(house: House) -> None:
    await house.do(DELAYED)
    house.clock.turn(timedelta(hours=12))
    await house.do(replace(DELAYED, order_no="E20261118102030000100002"))
    assert set(house.books.tickets.kept) == {NUMBER, "T-20261122-0001"}


async def test_asking_again_joins_the_unsolved_ticket(house: House) -> None:
    await house.do(DELAYED)
    bodies = await house.do(replace(DELAYED, summary="顾客又催了一次"))
    assert heard(bodies) == (
        phrase("ticket.joined", number=NUMBER, kind=phrase("ticket.kind.logistics")),
    )
    assert cards(bodies) == ()
    assert [(each.what, each.note) for each in house.books.tickets.events] == [
        ("opened", "三天没有更新物流"),
        ("joined", "顾客又催了一次"),
    ]


async def test_the_owner_hears_what_was_added(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.do(replace(DELAYED, summary="顾客又催了一次"))
    assert told(bodies, "amei") == (
        phrase("ticket.owner_joined", number=NUMBER, note="顾客又催了一次"),
    )


NORMAL = replace(DELAYED, priority=Priority.NORMAL, summary="问物流")


async def test_what_hurries_more_raises_the_ticket_it_joins(house: House) -> None:
    await house.do(NORMAL)
    house.clock.turn(timedelta(hours=1))
    bodies = await house.do(DELAYED)
    ticket = house.books.tickets.kept[NUMBER]
    due = NOON + timedelta(hours=2)  # The hour that has run counts.
    assert (ticket.priority, ticket.due_at, ticket.summary) == (Priority.URGENT, due, "问物流")
    assert heard(bodies) == (
        phrase(
            "ticket.joined_raised",
            number=NUMBER,
            kind=phrase("ticket.kind.logistics"),
            next=phrase("ticket.next.urgent", due=due),
        ),
    )
    assert keys(told(bodies, "fangjie")) == ("ticket.waiting_raised",)
    (hurried,) = told(bodies, "amei")  # She is asked; dazhi, who could take it too, is not.
    assert (hurried.key, hurried.params["number"]) == ("assign.hurried", NUMBER)
    assert told(bodies, "dazhi") == ()
    assert [(each.actor, each.what) for each in house.books.tickets.events] == [
        ("bot", "opened"),
        ("customer", "joined"),
        ("bot", "raised_urgent"),
    ]


async def test_what_is_not_urgent_is_told_only_to_who_is_asked(house: House) -> None:
    await house.do(NORMAL)
    bodies = await house.do(replace(DELAYED, priority=Priority.HIGH))
    assert keys(told(bodies, "amei")) == ("assign.hurried",)
    assert all(told(bodies, userid) == () for userid in ("dazhi", "fangjie", "manyun"))


async def test_the_owner_of_a_raised_ticket_hears_how_soon_it_is_due(house: House) -> None:
    await house.do(NORMAL)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.do(DELAYED)
    assert told(bodies, "amei") == (
        phrase(
            "ticket.owner_raised",
            number=NUMBER,
            priority=phrase("ticket.priority.urgent"),
            due=NOON + timedelta(hours=2),
            note=DELAYED.summary,
        ),
    )
    assert told(bodies, "fangjie") == ()


async def test_a_raised_ticket_is_never_due_later_than_before(house: House) -> None:
    await house.do(NORMAL)
    house.clock.turn(timedelta(hours=23, minutes=45))
    await house.do(DELAYED)
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.priority, ticket.due_at) == (Priority.URGENT, NOON + timedelta(hours=24))


async def test_a_raised_ticket_is_never_due_at_once(house: House) -> None:
    await house.do(NORMAL)
    house.clock.turn(timedelta(hours=20))
    await house.do(DELAYED)
    ticket = house.books.tickets.kept[NUMBER]
    # 08:00: what has run is more than the two hours; half an hour is left, from the opening on.
    assert ticket.due_at == NOON + timedelta(hours=21, minutes=30)


async def test_what_hurries_less_leaves_the_ticket_as_it_was(house: House) -> None:
    await house.do(DELAYED)
    before = house.books.tickets.kept[NUMBER]
    bodies = await house.do(NORMAL)
    assert keys(heard(bodies)) == ("ticket.joined",)
    assert house.books.tickets.kept[NUMBER] == before


async def test_the_owner_hears_that_the_customer_asks_again(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(NUMBER, "amei"))
    bodies = await house.do(DELAYED)
    assert told(bodies, "amei") == (phrase("ticket.owner_asked_again", number=NUMBER),)


async def test_another_order_another_customer_or_a_solved_one_open_a_new_ticket(
    house: House,
) -> None:
    await house.do(DELAYED)
    await house.do(replace(DELAYED, order_no="E20261118102030000100002"))
    await house.do(replace(DELAYED, customer=LELE.id))
    await house.staff_does(FinishTicket(NUMBER, "amei"))
    await house.do(DELAYED)
    assert len(house.books.tickets.kept) == 4


async def test_the_same_turn_settled_twice_is_one_ticket_and_the_same_rows(house: House) -> None:
    await house.do(DELAYED)
    rows = house.entries
    house.turns -= 1
    bodies = await house.do(DELAYED)
    assert bodies == ()
    assert house.entries == rows
    assert len(house.books.tickets.kept) == len(house.books.tickets.events) == 1


async def test_what_is_said_by_the_action_comes_before_what_follows(house: House) -> None:
    bodies = await house.do(DELAYED, say=())
    assert keys(heard(bodies, CHAT)) == ("ticket.opened",)


async def test_in_danger_no_page_is_named(house: House) -> None:
    await house.do(replace(DELAYED, kind=TicketKind.EMERGENCY))
    assert page_of(house.books.tickets.kept[NUMBER]) == ""
