"""Tickets: numbers that never repeat, versions that never lose a change."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

from desk.kernel.ids import ConversationId, CustomerId, TicketId, uuid7
from desk.store.database import Database
from desk.tickets.model import Priority, Ticket, TicketEvent, TicketKind, TicketState
from tests.clocks import NOON, FrozenClock
from tests.store.making import conversation

DAY = date(2026, 11, 21)


async def test_a_ticket_comes_back_as_it_was(library: Database, clock: FrozenClock) -> None:
    ticket = await _ticket(library, clock)
    await _add(library, ticket)
    assert await library.tickets.by_number(ticket.number) == ticket
    assert await library.tickets.by_number("T-20261121-9999") is None


async def test_fifty_who_draw_a_number_at_once_draw_fifty(library: Database) -> None:
    async def draw() -> int:
        async with library.open() as books:
            return await books.tickets.next_number(DAY)

    assert sorted(await asyncio.gather(*(draw() for _ in range(50)))) == list(range(1, 51))


async def test_every_day_counts_from_one(library: Database) -> None:
    async with library.open() as books:
        assert await books.tickets.next_number(DAY) == 1
        assert await books.tickets.next_number(DAY + timedelta(days=1)) == 1
        assert await books.tickets.next_number(DAY) == 2


async def test_the_running_tickets_of_a_person_are_told_by_kind(
    library: Database, clock: FrozenClock
) -> None:
    ticket = await _ticket(library, clock)
    await _add(library, ticket)
    assert ticket.customer is not None
    async with library.open() as books:
        running = await books.tickets.running(ticket.customer, ticket.kind)
        other_kind = await books.tickets.running(ticket.customer, TicketKind.REFUND)
    assert (running, other_kind) == ((ticket,), ())


async def test_a_solved_ticket_runs_no_more(library: Database, clock: FrozenClock) -> None:
    ticket = await _ticket(library, clock)
    await _add(library, ticket)
    assert ticket.customer is not None
    async with library.open() as books:
        await books.tickets.change(ticket, TicketState.SOLVED, "amei", clock.now(), "")
        assert await books.tickets.running(ticket.customer, ticket.kind) == ()


async def test_ten_who_want_the_same_ticket_at_once_open_one(
    library: Database, clock: FrozenClock
) -> None:
    ticket = await _ticket(library, clock)
    assert ticket.customer is not None
    customer = ticket.customer

    async def open_or_join(number: int) -> bool:
        async with library.open() as books:
            if await books.tickets.running(customer, ticket.kind):
                return False
            await books.tickets.add(
                replace(ticket, id=TicketId(uuid7()), number=f"T-20261121-{number:04}")
            )
            return True

    assert sum(await asyncio.gather(*(open_or_join(n) for n in range(10)))) == 1


async def test_of_two_who_take_a_ticket_the_second_is_refused(
    library: Database, clock: FrozenClock
) -> None:
    ticket = await _ticket(library, clock)
    await _add(library, ticket)

    async def take(who: str) -> Ticket | None:
        async with library.open() as books:
            return await books.tickets.change(ticket, TicketState.TAKEN, who, clock.now(), "")

    (winner,) = filter(None, await asyncio.gather(take("amei"), take("ajie")))
    kept = await library.tickets.by_number(ticket.number)
    assert kept == winner
    assert (winner.state, winner.taken_at, winner.version) == (TicketState.TAKEN, clock.now(), 2)


async def test_a_solved_ticket_keeps_when_it_was_taken(
    library: Database, clock: FrozenClock
) -> None:
    ticket = await _ticket(library, clock)
    await _add(library, ticket)
    taken_at = clock.turn(timedelta(minutes=5))
    async with library.open() as books:
        taken = await books.tickets.change(ticket, TicketState.TAKEN, "amei", taken_at, "")
        assert taken is not None
        solved_at = clock.turn(timedelta(minutes=5))
        solved = await books.tickets.change(taken, TicketState.SOLVED, "amei", solved_at, "")
    assert solved is not None
    assert (solved.taken_at, solved.solved_at) == (taken_at, solved_at)


async def test_unsolved_tickets_come_due_soonest_first_and_by_owner(
    library: Database, clock: FrozenClock
) -> None:
    first = await _ticket(library, clock)
    made = [
        replace(
            first,
            id=TicketId(uuid7()),
            number=f"T-20261121-{n:04}",
            owner=owner,
            due_at=NOON + timedelta(hours=9 - n),
        )
        for n, owner in enumerate(("amei", "", "ajie", "amei"))
    ]
    await _add(library, *made)
    async with library.open() as books:
        await books.tickets.change(made[2], TicketState.SOLVED, "ajie", clock.now(), "")
    numbers = [each.number for each in made]
    everybody = await library.tickets.unsolved(None, 10)
    assert [each.number for each in everybody] == [numbers[3], numbers[1], numbers[0]]
    assert [each.number for each in await library.tickets.unsolved("amei", 1)] == [numbers[3]]
    assert [each.number for each in await library.tickets.unsolved("", 10)] == [numbers[1]]


async def test_a_customers_newest_tickets_come_first(library: Database, clock: FrozenClock) -> None:
    first = await _ticket(library, clock)
    made = [_opened(first, n, NOON + timedelta(hours=n)) for n in range(3)]
    await _add(library, *made)
    assert first.customer is not None
    newest = await library.tickets.of_customer(first.customer, 2)
    assert newest == (made[2], made[1])


async def test_a_tickets_history_is_told_in_order(library: Database, clock: FrozenClock) -> None:
    ticket = await _ticket(library, clock)
    await _add(library, ticket)
    events = tuple(
        TicketEvent(ticket.id, clock.now(), actor, what, "已联系顾客")
        for actor, what in (("bot", "opened"), ("amei", "taken"), ("amei", "noted"))
    )
    async with library.open() as books:
        for event in events:
            await books.tickets.log(event)
    assert await library.tickets.history(ticket.number) == events


def _opened(ticket: Ticket, number: int, at: datetime) -> Ticket:
    return replace(ticket, id=TicketId(uuid7()), number=f"T-20261121-{number:04}", opened_at=at)


async def _ticket(library: Database, clock: FrozenClock) -> Ticket:
    talk, customer, row = await conversation(library, clock)
    return Ticket(
        id=TicketId(uuid7()),
        number="T-20261121-0042",
        kind=TicketKind.LOGISTICS,
        priority=Priority.HIGH,
        state=TicketState.OPEN,
        customer=CustomerId(customer),
        conversation=ConversationId(talk.id),
        source=row.id,
        shop="youzan-main",
        order_no="E1",
        summary="顾客催物流：三天没有更新",
        owner="",
        opened_at=NOON,
        taken_at=None,
        solved_at=None,
        due_at=NOON + timedelta(hours=4),
        version=1,
    )


async def _add(library: Database, *tickets: Ticket) -> None:
    async with library.open() as books:
        for ticket in tickets:
            await books.tickets.add(ticket)
