"""Lets a ticket go a way of its template; the state that it comes into follows from the step."""

from collections.abc import Sequence

from desk.tickets import working
from desk.tickets.closing.commands import CloseTicket
from desk.tickets.closing.service import close
from desk.tickets.commands import FinishTicket, ReopenTicket, ResumeTicket, WaitOnTicket
from desk.tickets.course import Course, Way
from desk.tickets.events import TicketHappening
from desk.tickets.model import Ticket, TicketState
from desk.tickets.moving import STEP, Act, Goal, Moved
from desk.tickets.steps.commands import StepTicket
from desk.tickets.steps.events import Blocked, StepRefused
from desk.tickets.steps.telling import blocked, stepped, ways_task
from desk.tickets.tools import Tools

Happened = tuple[TicketHappening, ...]


async def step(tools: Tools, ticket: Ticket, asked: StepTicket) -> Happened:
    """Go to the step that was asked for, by the one way that leads there."""
    course = await tools.courses.of(ticket)
    ways = course.ways(ticket)
    meant = _meant(ways, asked.step)
    way = meant[0] if len(meant) == 1 else None
    why = _why_not(tools, ticket, asked.by, way)
    if way is None or why is not None:
        shown = meant or ways
        why = why or _unclear(course, ticket, meant)
        owner = tools.name(ticket.owner)
        at, task = course.at(ticket), ways_task(tools, ticket)
        return (StepRefused(ticket, asked.by, why, asked.step, at, shown, owner, task),)
    return await _go(tools, ticket, asked.by, way)


async def _go(tools: Tools, ticket: Ticket, by: str, way: Way) -> Happened:
    number, to = ticket.number, way.to.state
    if ticket.state.ended:
        return await working.reopen(tools, ticket, ReopenTicket(number, by), way)
    match to:
        case TicketState.SOLVED:
            return await working.finish(tools, ticket, FinishTicket(number, by), way)
        case TicketState.CLOSED:
            return await close(tools, ticket, CloseTicket(number, by), way)
        case TicketState.WAITING_CUSTOMER | TicketState.WAITING_INSIDE if ticket.state is not to:
            inside = to is TicketState.WAITING_INSIDE
            return await working.wait(tools, ticket, WaitOnTicket(number, by, "", inside), way)
        case TicketState.OPEN if ticket.state.waits:
            return await working.resume(tools, ticket, ResumeTicket(number, by), way)
        case _:
            return await _inside(tools, ticket, by, way)


async def _inside(tools: Tools, ticket: Ticket, by: str, way: Way) -> Happened:
    """It only stands elsewhere: nothing that was promised begins, stops or ends by that."""
    moved = await tools.mover.move(ticket, Goal(ticket.state, ticket.owner, way), Act(by, STEP))
    if not isinstance(moved, Moved):
        return (working.refused(tools, ticket, by),)
    await tools.times.touched(moved.ticket, answered=bool(way.to.told))
    return await stepped(tools, moved, by)


def _meant(ways: Sequence[Way], wanted: str) -> tuple[Way, ...]:
    """The ways that are meant by an id or a name: those called so, else those that hold it."""
    wanted = wanted.strip().lower()
    names = {way: (way.to.id.lower(), way.to.label.lower(), way.label.lower()) for way in ways}
    exact = tuple(way for way in ways if wanted in names[way])
    return exact or tuple(way for way in ways if any(wanted in name for name in names[way]))


def _why_not(tools: Tools, ticket: Ticket, by: str, way: Way | None) -> Blocked | None:
    """What is in the way of this ticket, or of this way; None: nothing."""
    if ticket.state is TicketState.CLOSED:
        return Blocked.ENDED
    if not ticket.state.ended and not tools.may_work(ticket, by):
        return Blocked.NOT_YOURS
    if way is None:
        return None
    if ticket.state.ended and way.to.state.ended:
        return Blocked.ENDED
    return None if way.is_open_to(tools.role(by)) else blocked((way,), tools.role(by))


def _unclear(course: Course, ticket: Ticket, meant: Sequence[Way]) -> Blocked:
    if meant:
        return Blocked.WHICH
    return Blocked.NO_WAY if course.at(ticket) or course.ways(ticket) else Blocked.NO_STEPS
