"""A full desk: tickets that nobody touches are told of by two tickers, each step once."""

import asyncio
from collections import Counter
from datetime import timedelta

from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from tests.bot.sla.late import LateDesk

TICKETS = 60
"""More than one handful of the sweep."""


async def test_many_late_tickets_are_told_of_once_by_two_tickers(late: LateDesk) -> None:
    for number in range(TICKETS):
        await late.do(
            OpenTicket(
                TicketKind.LOGISTICS,
                Priority.URGENT,
                "三天没有更新物流",
                late.customer,
                late.talk.id,
                order_no=f"E{number}",
            )
        )
    late.clock.turn(timedelta(hours=3))
    await asyncio.gather(late.desk().run(), late.desk().run())
    await late.desk().run()
    late_ones = await late.library.tickets.unsolved(None, TICKETS)
    happened: Counter[tuple[str, str]] = Counter()
    for ticket in late_ones:
        for event in await late.library.tickets.history(ticket.number):
            happened[event.what, event.note.partition("：")[0]] += 1
    assert happened["breached_solution", ""] == TICKETS
    assert happened["escalated", "solution_breach#1"] == TICKETS
    assert happened["escalated", "first_breach#2"] == TICKETS
