"""Tells of a step that a ticket came to, or did not come to, whatever was done about it."""

from collections.abc import Sequence

from desk.kernel.roles import Role
from desk.tickets.actors import is_person
from desk.tickets.course import Way
from desk.tickets.model import Ticket
from desk.tickets.moving import STEP, Moved, Stopped
from desk.tickets.steps.events import Blocked, StepRefused, TicketStepped
from desk.tickets.steps.told import filled
from desk.tickets.tools import Tools


async def stepped(tools: Tools, moved: Moved, by: str) -> tuple[TicketStepped, ...]:
    """Tell of it once; nothing where the step is the same."""
    if not moved.stepped:
        return ()
    ticket = moved.ticket
    lines = await tools.store.history(ticket.number)
    told = moved.way.to.told if moved.way and _is_heard(moved) else ""
    return (
        TicketStepped(
            ticket=ticket,
            before=moved.before,
            by=by,
            name=tools.name(by) if is_person(by) else "",
            at=moved.at,
            to=moved.to,
            told=filled(told, ticket, tools.name(ticket.owner)),
            ways=(await tools.courses.of(ticket)).ways(ticket),
            nth=sum(each.what == STEP for each in lines),
            nickname=await tools.nickname(ticket.customer),
            watchers=tools.watchers(ticket, by),
        ),
    )


def stopped(tools: Tools, ticket: Ticket, by: str, note: str, where: Stopped) -> StepRefused:
    """Tell between which ways to choose, or what they wait for; on a card of its own."""
    why = blocked(where.ways, tools.role(by))
    return StepRefused(
        ticket=ticket,
        by=by,
        why=why,
        wanted="",
        at=where.at,
        ways=where.ways,
        owner_name=tools.name(ticket.owner),
        task=ways_task(tools, ticket),
        note=note,
        finishing=True,
    )


def ways_task(tools: Tools, ticket: Ticket) -> str:
    """The name of a card that puts ways to choose from."""
    return f"ticket-{ticket.number}-ways-{tools.tray.derive('card').hex}"


def blocked(ways: Sequence[Way], role: Role) -> Blocked:
    """Why somebody of this role does not go any of these ways."""
    if any(each.is_open_to(role) for each in ways):
        return Blocked.WHICH
    return Blocked.LACKING if any(role >= each.least for each in ways) else Blocked.ROLE


def _is_heard(moved: Moved) -> bool:
    """What ended long ago and is put away is no news to its customer."""
    return not (moved.ticket.state.ended and moved.before.state.ended)
