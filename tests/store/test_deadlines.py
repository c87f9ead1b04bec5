"""Deadlines and climbs: they come back as they were, are found by when they are due, held once."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from desk.kernel.ids import ConversationId, CustomerId, TicketId, uuid7
from desk.sla.calendar import ALWAYS
from desk.sla.deadline import Deadline, Measure, met
from desk.sla.ladder import Climb
from desk.sla.policy import Counting, Target, Which
from desk.store.database import Database
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from tests.clocks import NOON, FrozenClock
from tests.store.making import conversation

HOUR = timedelta(hours=1)
CLOCK = Measure(ALWAYS)


@pytest.fixture
async def ticket(library: Database, clock: FrozenClock) -> Ticket:
    talk, customer, row = await conversation(library, clock)
    made = Ticket(
        id=TicketId(uuid7()),
        number="T-20261121-0001",
        kind=TicketKind.LOGISTICS,
        priority=Priority.HIGH,
        state=TicketState.OPEN,
        customer=CustomerId(customer),
        conversation=ConversationId(talk.id),
        source=row.id,
        shop="",
        order_no="",
        summary="三天没有更新物流",
        owner="",
        opened_at=NOON,
        taken_at=None,
        solved_at=None,
        due_at=NOON + 8 * HOUR,
        version=1,
    )
    async with library.open() as books:
        await books.tickets.add(made)
    return made


def solution(ticket: Ticket) -> Deadline:
    return CLOCK.begin(ticket.id, Which.SOLUTION, Target(8 * HOUR, Counting.BUSINESS), NOON)


async def keep(library: Database, deadline: Deadline) -> None:
    async with library.open() as books:
        await books.deadlines.keep(deadline)


async def test_they_come_back_as_they_were(library: Database, ticket: Ticket) -> None:
    paused = CLOCK.pause(solution(ticket), NOON + timedelta(hours=1, microseconds=7))
    climb = Climb(ticket.id, "untouched", NOON, 1, None, "amei")
    await keep(library, solution(ticket))
    await keep(library, paused)
    async with library.open() as books:
        await books.deadlines.keep_climb(climb)
        assert await books.deadlines.of_ticket(ticket.id) == (paused,)
        assert await books.deadlines.climbs(ticket.id) == (climb,)


async def test_it_is_found_when_it_warns_and_not_while_it_is_paused_or_met(
    library: Database, ticket: Ticket
) -> None:
    running = solution(ticket)
    await keep(library, running)
    async with library.open() as books:
        assert await books.deadlines.due(NOON + timedelta(hours=5, minutes=59), 9) == ()
        assert await books.deadlines.due(NOON + 6 * HOUR, 9) == ((running, ticket),)
    for other in (CLOCK.pause(running, NOON + HOUR), met(running, NOON + HOUR)):
        await keep(library, other)
        async with library.open() as books:
            assert await books.deadlines.due(NOON + 99 * HOUR, 9) == ()


async def test_what_one_ticker_holds_another_leaves_alone(
    library: Database, ticket: Ticket
) -> None:
    await keep(library, solution(ticket))
    async with library.open() as first, library.open() as second:
        assert len(await first.deadlines.due(NOON + 9 * HOUR, 9)) == 1
        assert await second.deadlines.due(NOON + 9 * HOUR, 9) == ()


async def test_what_somebody_acts_on_a_ticker_leaves_alone(
    library: Database, ticket: Ticket
) -> None:
    await keep(library, solution(ticket))
    async with library.open() as agent, library.open() as ticker:
        assert await agent.tickets.change(ticket, TicketState.TAKEN, "amei", NOON, "")
        assert await ticker.deadlines.due(NOON + 9 * HOUR, 9) == ()


PLANS = {
    "ix_ticket_deadlines_look_at": (
        "EXPLAIN SELECT 1 FROM ticket_deadlines WHERE ticket_deadlines.look_at IS NOT NULL"
        " AND look_at <= '2026-11-21' ORDER BY look_at LIMIT 50"
    ),
    "ix_ticket_climbs_next_at": (
        "EXPLAIN SELECT 1 FROM ticket_climbs WHERE ticket_climbs.next_at IS NOT NULL"
        " AND next_at <= '2026-11-21' ORDER BY next_at LIMIT 50"
    ),
}


async def test_the_sweep_costs_by_what_is_due(library: Database) -> None:
    async with library.reading() as connection:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        for index, explained in PLANS.items():
            assert index in "\n".join((await connection.execute(text(explained))).scalars())
