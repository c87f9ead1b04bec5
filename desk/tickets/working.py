"""Work on a ticket that is there: taken once, finished once, waiting, going on, opened again."""

from dataclasses import replace

from desk.staff.audience import audience
from desk.tickets.actors import CUSTOMER
from desk.tickets.closing.events import NotSolvedAfterAll
from desk.tickets.commands import FinishTicket, ReopenTicket, ResumeTicket, WaitOnTicket
from desk.tickets.course import Way
from desk.tickets.ending import settled
from desk.tickets.events import (
    UNTOLD,
    FinishRefused,
    How,
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
from desk.tickets.kin.merging import are_strangers, end_of
from desk.tickets.kin.service import solved as free_others
from desk.tickets.model import Ticket, TicketState
from desk.tickets.moving import Act, Goal, Moved
from desk.tickets.promises import SKILL_FOR
from desk.tickets.steps.telling import stepped, stopped
from desk.tickets.tools import Tools

Happened = tuple[TicketHappening, ...]


async def take(tools: Tools, ticket: Ticket, by: str) -> Happened:
    """The first to ask has it, if they still work here: old cards outlive their reader's job."""
    if await tools.attendance.has_left(by):
        return (TakeRefused(ticket, by, tools.name(ticket.owner), has_left=True),)
    if ticket.state is not TicketState.OPEN:
        return (TakeRefused(ticket, by, tools.name(ticket.owner)),)
    moved = await tools.mover.move(ticket, Goal(TicketState.TAKEN, by), Act(by, "taken"))
    if not isinstance(moved, Moved):
        return (TakeRefused(ticket, by, tools.name(ticket.owner)),)
    taken = moved.ticket
    await tools.times.touched(taken, answered=True)
    late = await tools.times.acknowledged(taken, by)
    nickname = await tools.nickname(taken.customer)
    lines = await tools.store.history(taken.number)
    added = next((each.note for each in lines[::-1] if each.what == "joined"), "")
    course = await tools.courses.of(taken)
    return (
        TicketTaken(
            ticket=taken,
            by=by,
            name=tools.name(by),
            nickname=nickname,
            added=added,
            cards=tuple(late.values()),
            ways=course.ways(taken),
            form=course.form(taken, tools.now),
        ),
    )


async def finish(
    tools: Tools, ticket: Ticket, asked: FinishTicket, way: Way | None = None, how: How = UNTOLD
) -> Happened:
    """Solved by its owner or somebody above, or whoever it was that nobody had taken it from."""
    by = asked.by
    if not tools.may_work(ticket, by):
        return (FinishRefused(ticket, by, tools.name(ticket.owner)),)
    goal = Goal(TicketState.SOLVED, ticket.owner or by, way, tools.role(by), strict=True)
    moved = await tools.mover.move(ticket, goal, Act(by, "solved", asked.note))
    if not isinstance(moved, Moved):
        so = await settled(tools, ticket, asked, moved)
        if so is None:
            return (stopped(tools, ticket, by, asked.note, moved),)
        return await finish(tools, so.ticket, so.asked, so.way, so.how)
    solved = moved.ticket
    late = tuple((await tools.times.ended(solved)).values())
    told = TicketFinished(
        ticket=solved,
        before=ticket,
        by=by,
        name=tools.name(by),
        note=asked.note,
        nickname=await tools.nickname(solved.customer),
        cards=late,
        watchers=tools.watchers(solved, by),
        how=how,
    )
    return (*await stepped(tools, moved, by), told, *await free_others(tools, solved, by))


async def wait(
    tools: Tools, ticket: Ticket, asked: WaitOnTicket, way: Way | None = None
) -> Happened:
    """Its owner cannot go on."""
    inside = TicketState.WAITING_INSIDE
    state = inside if asked.inside else TicketState.WAITING_CUSTOMER
    if not tools.may_work(ticket, asked.by) or ticket.state is state:
        return (refused(tools, ticket, asked.by),)
    goal = Goal(state, ticket.owner or asked.by, way)
    moved = await tools.mover.move(ticket, goal, Act(asked.by, state.value, asked.reason))
    if not isinstance(moved, Moved):
        return (refused(tools, ticket, asked.by),)
    waiting = moved.ticket
    await tools.times.waits(waiting)
    name = tools.name(asked.by)
    told = TicketWaits(waiting, ticket, asked.by, name, asked.reason, moved.stepped)
    return (*await stepped(tools, moved, asked.by), told)


async def resume(
    tools: Tools, ticket: Ticket, asked: ResumeTicket, way: Way | None = None
) -> Happened:
    """The waiting is over."""
    may = asked.by == CUSTOMER or tools.may_work(ticket, asked.by)
    if not may or not ticket.state.waits:
        return (refused(tools, ticket, asked.by),)
    goal = Goal(_at_work(ticket.owner), ticket.owner, way)
    moved = await tools.mover.move(ticket, goal, Act(asked.by, "resumed", asked.words))
    if not isinstance(moved, Moved):
        return (refused(tools, ticket, asked.by),)
    going = moved.ticket
    if asked.by == CUSTOMER:
        await tools.times.spoken_of(going)
    nickname = await tools.nickname(going.customer)
    told = TicketGoesOn(going, asked.by, nickname, asked.words)
    return (*await stepped(tools, moved, asked.by), told)


async def reopen(
    tools: Tools, ticket: Ticket, asked: ReopenTicket, way: Way | None = None
) -> Happened:
    """What was solved is not; who had it goes on, if they are still here."""
    if ticket.merged_into:
        return await _reopen_where_it_goes_on(tools, ticket, asked)
    if ticket.state is TicketState.CLOSED:
        return (NotSolvedAfterAll(ticket, asked.by, asked.words),)
    if ticket.state is not TicketState.SOLVED:
        return (refused(tools, ticket, asked.by),)
    here = tools.staff.find(ticket.owner) and not await tools.attendance.has_left(ticket.owner)
    owner = ticket.owner if here else ""
    goal = Goal(_at_work(owner), owner, way)
    moved = await tools.mover.move(ticket, goal, Act(asked.by, "reopened", asked.words))
    if not isinstance(moved, Moved):
        return (refused(tools, ticket, asked.by),)
    again = moved.ticket
    due_at = tools.times.due(again.kind, again.priority)
    again = await tools.store.hurry(again, again.priority, due_at)
    await tools.times.begin(again)
    to = audience(tools.staff, SKILL_FOR.get(again.kind, ""))
    told = TicketReopened(again, asked.by, tools.name(owner), asked.words, to)
    return (*await stepped(tools, replace(moved, ticket=again), asked.by), told)


async def _reopen_where_it_goes_on(tools: Tools, ticket: Ticket, asked: ReopenTicket) -> Happened:
    end = await end_of(tools.store, ticket)
    kept = await tools.store.locked(end.number)
    if kept is None or kept.merged_into:
        return (refused(tools, ticket, asked.by),)
    if asked.by == CUSTOMER and await are_strangers(tools, ticket, kept):
        return (NotSolvedAfterAll(ticket, asked.by, asked.words),)
    return await reopen(tools, kept, asked)


async def acknowledge(tools: Tools, ticket: Ticket, by: str) -> Happened:
    """Somebody looks after what is late."""
    late = await tools.times.acknowledged(ticket, by)
    await tools.log(ticket, by, "acknowledged", "、".join(late))
    return (TicketAcknowledged(ticket, by, tools.name(by), tuple(late.values())),)


def refused(tools: Tools, ticket: Ticket, by: str) -> MoveRefused:
    """It does not stand so that it could go there."""
    return MoveRefused(ticket, by, tools.name(ticket.owner))


def _at_work(owner: str) -> TicketState:
    return TicketState.TAKEN if owner else TicketState.OPEN
