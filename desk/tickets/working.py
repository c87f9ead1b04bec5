"""Work on a ticket that is there: taken once, finished once, waiting, going on, opened again."""

from desk.staff.audience import audience
from desk.tickets.actors import CUSTOMER
from desk.tickets.commands import FinishTicket, ReopenTicket, ResumeTicket, WaitOnTicket
from desk.tickets.events import (
    FinishRefused,
    MoveRefused,
    TakeRefused,
    TicketAcknowledged,
    TicketFinished,
    TicketGoesOn,
    TicketHappening,
    TicketReopened,
    TicketTaken,
    TicketWaits,
)
from desk.tickets.model import Ticket, TicketState
from desk.tickets.promises import SKILL_FOR
from desk.tickets.tools import Tools


async def take(tools: Tools, ticket: Ticket, by: str) -> TicketHappening:
    """The first to ask has it."""
    taken = None
    if ticket.state is TicketState.OPEN:
        taken = await tools.store.change(ticket, TicketState.TAKEN, by, tools.now)
    if taken is None:
        return TakeRefused(ticket, by, tools.name(ticket.owner))
    await tools.log(taken, by, "taken")
    await tools.times.touched(taken, answered=True)
    late = await tools.times.acknowledged(taken, by)
    nickname = await tools.nickname(taken.customer)
    lines = await tools.store.history(taken.number)
    added = next((each.note for each in lines[::-1] if each.what == "joined"), "")
    cards = tuple(late.values())
    return TicketTaken(taken, by, tools.name(by), nickname, added, cards)


async def finish(tools: Tools, ticket: Ticket, asked: FinishTicket) -> TicketHappening:
    """Solved by its owner or somebody above, or whoever it was that nobody had taken it from."""
    by, name = asked.by, tools.name(asked.by)
    solved = None
    if tools.may_work(ticket, by):
        solved = await _move(tools, ticket, TicketState.SOLVED, ticket.owner or by)
    if solved is None:
        return FinishRefused(ticket, by, tools.name(ticket.owner))
    await tools.log(solved, by, "solved", asked.note)
    late = await tools.times.ended(solved)
    nickname = await tools.nickname(solved.customer)
    return TicketFinished(solved, ticket, by, name, asked.note, nickname, tuple(late.values()))


async def wait(tools: Tools, ticket: Ticket, asked: WaitOnTicket) -> TicketHappening:
    """Its owner cannot go on."""
    inside = TicketState.WAITING_INSIDE
    state = inside if asked.inside else TicketState.WAITING_CUSTOMER
    waiting = None
    if tools.may_work(ticket, asked.by) and ticket.state is not state:
        waiting = await _move(tools, ticket, state, ticket.owner or asked.by)
    if waiting is None:
        return refused(tools, ticket, asked.by)
    await tools.log(waiting, asked.by, state.value, asked.reason)
    if ticket.state is TicketState.WAITING_CUSTOMER:
        waiting = await _going_on(tools, waiting)
    await tools.times.waits(waiting)
    return TicketWaits(waiting, ticket, asked.by, tools.name(asked.by), asked.reason)


async def resume(tools: Tools, ticket: Ticket, asked: ResumeTicket) -> TicketHappening:
    """The waiting is over."""
    going = None
    may = asked.by == CUSTOMER or tools.may_work(ticket, asked.by)
    if may and ticket.state.waits:
        going = await _move(tools, ticket, TicketState.TAKEN, ticket.owner)
    if going is None:
        return refused(tools, ticket, asked.by)
    await tools.log(going, asked.by, "resumed", asked.words)
    going = await _going_on(tools, going)
    if asked.by == CUSTOMER:
        await tools.times.spoken_of(going)
    nickname = await tools.nickname(going.customer)
    return TicketGoesOn(going, asked.by, nickname, asked.words)


async def reopen(tools: Tools, ticket: Ticket, asked: ReopenTicket) -> TicketHappening:
    """What was solved is not; who had it goes on, if they are still here."""
    owner = ticket.owner if tools.staff.find(ticket.owner) else ""
    state = TicketState.TAKEN if owner else TicketState.OPEN
    again = None
    if ticket.state is TicketState.SOLVED:
        again = await _move(tools, ticket, state, owner)
    if again is None:
        return refused(tools, ticket, asked.by)
    due_at = tools.times.due(again.kind, again.priority)
    again = await tools.store.hurry(again, again.priority, due_at)
    await tools.log(again, asked.by, "reopened", asked.words)
    await tools.times.begin(again)
    to = audience(tools.staff, SKILL_FOR.get(again.kind, ""))
    return TicketReopened(again, asked.by, tools.name(owner), asked.words, to)


async def acknowledge(tools: Tools, ticket: Ticket, by: str) -> TicketHappening:
    """Somebody looks after what is late."""
    late = await tools.times.acknowledged(ticket, by)
    await tools.log(ticket, by, "acknowledged", "、".join(late))
    return TicketAcknowledged(ticket, by, tools.name(by), tuple(late.values()))


def refused(tools: Tools, ticket: Ticket, by: str) -> MoveRefused:
    """It does not stand so that it could go there."""
    return MoveRefused(ticket, by, tools.name(ticket.owner))


async def _going_on(tools: Tools, ticket: Ticket) -> Ticket:
    due_at = await tools.times.goes_on(ticket)
    return await tools.store.hurry(ticket, ticket.priority, due_at)


async def _move(tools: Tools, ticket: Ticket, state: TicketState, owner: str) -> Ticket | None:
    return await tools.store.change(ticket, state, owner, tools.now)
