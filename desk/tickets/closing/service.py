"""Closes a ticket: a solved one by itself, any by a supervisor or by a way of its template."""

from desk.kernel.roles import Role
from desk.tickets.closing.commands import CloseTicket
from desk.tickets.closing.events import CloseRefused, TicketClosed
from desk.tickets.course import Way
from desk.tickets.model import Ticket, TicketState
from desk.tickets.moving import Act, Goal, Moved
from desk.tickets.open_cards import open_cards
from desk.tickets.steps.events import TicketStepped
from desk.tickets.steps.telling import stepped
from desk.tickets.tools import Tools

Happened = tuple[CloseRefused | TicketClosed | TicketStepped, ...]


async def close(
    tools: Tools, ticket: Ticket, asked: CloseTicket, way: Way | None = None
) -> Happened:
    """Close it; nobody is asked any more, and what was promised for it counts no further."""
    by = asked.by
    allowed = way is not None or tools.role(by) >= Role.SUPERVISOR
    if ticket.state is TicketState.CLOSED or not allowed:
        return (CloseRefused(ticket, by),)
    cards = await open_cards(tools.store, ticket)
    goal = Goal(TicketState.CLOSED, ticket.owner, way)
    moved = await tools.mover.move(ticket, goal, Act(by, "closed", asked.reason))
    if not isinstance(moved, Moved):
        return (CloseRefused(ticket, by),)
    late = await tools.times.given_up(moved.ticket)
    cards = (*cards, *late.values())
    watchers = tools.watchers(moved.ticket, by)
    told = TicketClosed(moved.ticket, ticket, by, tools.name(by), asked.reason, cards, watchers)
    return (*await stepped(tools, moved, by), told)
