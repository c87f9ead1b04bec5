"""How a ticket is finished whose template leaves several ends, or waits for something first."""

from dataclasses import dataclass, replace

from desk.kernel.roles import Role
from desk.tickets.commands import FinishTicket
from desk.tickets.course import Way
from desk.tickets.events import UNTOLD, How
from desk.tickets.model import Ticket
from desk.tickets.moving import Stopped
from desk.tickets.tools import Tools


@dataclass(frozen=True, slots=True)
class Settled:
    """Which way it goes after all; `ticket` has what was filled."""

    ticket: Ticket
    asked: FinishTicket
    way: Way
    how: How = UNTOLD


async def settled(
    tools: Tools, ticket: Ticket, asked: FinishTicket, where: Stopped
) -> Settled | None:
    """What the words say of the end; who stands above the agents goes without what is missing."""
    role = tools.role(asked.by)
    chosen = _named(where.ways, asked.note, role)
    if chosen is not None:
        way, note = chosen
        return Settled(ticket, replace(asked, note=note), way)
    by_note = await _filled_by_note(tools, ticket, asked, where)
    if by_note is not None:
        return by_note
    if len(where.ways) != 1 or role < max(Role.SUPERVISOR, where.ways[0].least):
        return None
    (way,) = where.ways
    open_way = replace(way, lacking=(), gap=None)
    return Settled(ticket, asked, open_way, How(unfilled=way.lacking))


def _named(ways: tuple[Way, ...], note: str, role: Role) -> tuple[Way, str] | None:
    """The way that the words begin with, and what is left of them for the customer."""
    for way in ways:
        for name in (way.label, way.to.label, way.to.id):
            begins = note == name or note.startswith(f"{name} ")
            if begins and way.is_open_to(role):
                return way, note[len(name) :].strip()
    return None


async def _filled_by_note(
    tools: Tools, ticket: Ticket, asked: FinishTicket, where: Stopped
) -> Settled | None:
    """Who says how it was solved has said what the one way to the end still waits for."""
    gaps = [
        (way, way.gap, told)
        for way in where.ways
        if way.gap and tools.role(asked.by) >= way.least
        if (told := way.gap.filled_by(asked.note)) is not None
    ]
    if len(gaps) != 1:
        return None
    way, gap, (answer, note) = gaps[0]
    more = await tools.store.amend(replace(ticket, fields={**ticket.fields, gap.field: answer}))
    await tools.log(more, asked.by, "filled", f"{gap.label}：{asked.note}")
    label = next((name for each, name in gap.options if each == answer), "")
    filled = f"{gap.label}：{label}" if label else ""
    open_way = replace(way, lacking=(), gap=None)
    return Settled(more, replace(asked, note=note), open_way, How(filled))
