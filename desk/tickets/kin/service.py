"""Carries out what may be done about two tickets."""

from desk.tickets.kin.commands import LinkTicket, MergeTicket, OfKin, UnlinkTicket
from desk.tickets.kin.events import (
    CauseSolved,
    KinHappening,
    LinkedToItself,
    TicketLinked,
    TicketUnlinked,
)
from desk.tickets.kin.merging import both, merge, two
from desk.tickets.model import Ticket
from desk.tickets.relations import How
from desk.tickets.tools import Tools


async def relate(tools: Tools, asked: OfKin) -> KinHappening | str:
    """Do one thing and tell what happened; the number that there is not."""
    if isinstance(asked, MergeTicket):
        ticket, other = await both(tools.store, asked.number, asked.into)
    else:
        ticket, other = await two(tools.store, asked.number, asked.other)
    if ticket is None or other is None:
        missing = asked.into if isinstance(asked, MergeTicket) else asked.other
        return missing if ticket else asked.number
    match asked:
        case MergeTicket():
            return await merge(tools, (ticket, other), asked)
        case _ if ticket.id == other.id:
            return LinkedToItself(ticket, asked.by)
        case LinkTicket():
            return await _link(tools, ticket, other, asked)
        case UnlinkTicket():
            return await _unlink(tools, ticket, other, asked)


async def came_of(tools: Tools, ticket: Ticket, cause: Ticket, by: str) -> None:
    """A ticket was opened because of another one."""
    await tools.kin.link(ticket.id, cause.id, How.CAUSE, by, tools.now)
    await tools.log(ticket, by, f"linked_{How.CAUSE}", cause.number)
    await tools.log(cause, by, "linked_effect", ticket.number)


async def solved(tools: Tools, ticket: Ticket, by: str) -> tuple[CauseSolved, ...]:
    """Those that are there because of a ticket that is solved now may go on."""
    blocked = tuple(each for each in await tools.kin.caused_by(ticket.id) if not each.state.ended)
    return (CauseSolved(ticket, by, blocked),) if blocked else ()


async def _link(tools: Tools, ticket: Ticket, other: Ticket, asked: LinkTicket) -> TicketLinked:
    if asked.how is How.CAUSE:
        await came_of(tools, ticket, other, asked.by)
        return TicketLinked(ticket, other, asked.by, asked.how)
    await tools.kin.link(ticket.id, other.id, asked.how, asked.by, tools.now)
    await tools.log(ticket, asked.by, f"linked_{asked.how}", other.number)
    await tools.log(other, asked.by, f"linked_{asked.how}", ticket.number)
    return TicketLinked(ticket, other, asked.by, asked.how)


async def _unlink(
    tools: Tools, ticket: Ticket, other: Ticket, asked: UnlinkTicket
) -> TicketUnlinked:
    changed = await tools.kin.unlink(ticket.id, other.id)
    if changed:
        await tools.log(ticket, asked.by, "unlinked", other.number)
        await tools.log(other, asked.by, "unlinked", ticket.number)
    return TicketUnlinked(ticket, other, asked.by, changed)
