"""Carries out how tickets are sorted; each ticket is locked, so that no change is lost."""

from dataclasses import replace

from desk.tickets.actors import is_person
from desk.tickets.model import Ticket, TicketState
from desk.tickets.moving import Act, Goal, Moved
from desk.tickets.sorting.commands import (
    PrioritiseTicket,
    RouteTicket,
    SortTicket,
    TagTicket,
    WatchTicket,
)
from desk.tickets.sorting.events import (
    RouteRefused,
    TicketPrioritised,
    TicketRouted,
    TicketSorted,
    TicketTagged,
    TicketWatched,
)
from desk.tickets.tools import Tools


async def sort(tools: Tools, ticket: Ticket, asked: SortTicket) -> tuple[TicketSorted, ...]:
    """Do one thing to a ticket that is locked and tell what happened."""
    match asked:
        case TagTicket():
            return (await _tag(tools, ticket, asked),)
        case PrioritiseTicket():
            return (await _prioritise(tools, ticket, asked),)
        case WatchTicket():
            return (await _watch(tools, ticket, asked),)
        case RouteTicket():
            return (await _route(tools, ticket, asked),)


async def _tag(tools: Tools, ticket: Ticket, asked: TagTicket) -> TicketTagged:
    added = tuple(
        dict.fromkeys(each for each in asked.add if each not in (*ticket.tags, *asked.remove))
    )
    removed = tuple(each for each in ticket.tags if each in asked.remove)
    if not added and not removed:
        return TicketTagged(ticket, asked.by, (), ())
    left = tuple(each for each in ticket.tags if each not in removed)
    tagged = await tools.store.amend(replace(ticket, tags=(*left, *added)))
    if added:
        await tools.log(tagged, asked.by, "tagged", "、".join(added))
    if removed:
        await tools.log(tagged, asked.by, "untagged", "、".join(removed))
    return TicketTagged(tagged, asked.by, added, removed)


async def _prioritise(tools: Tools, ticket: Ticket, asked: PrioritiseTicket) -> TicketPrioritised:
    by, name = asked.by, tools.name(asked.by)
    if ticket.priority is asked.priority or ticket.state.ended:
        return TicketPrioritised(ticket, ticket, by, name, asked.why)
    due_at = await tools.times.raised(ticket, asked.priority)
    changed = await tools.store.hurry(ticket, asked.priority, due_at)
    up = asked.priority.over(ticket.priority)
    what = f"{'raised' if up else 'lowered'}_{asked.priority}"
    await tools.log(changed, by, what, asked.why)
    return TicketPrioritised(changed, ticket, by, name, asked.why)


async def _watch(tools: Tools, ticket: Ticket, asked: WatchTicket) -> TicketWatched:
    who = tuple(dict.fromkeys(asked.who))
    new = tuple(each for each in who if (each in ticket.watchers) is asked.off)
    names = tuple(tools.name(each) for each in new)
    if not new:
        return TicketWatched(ticket, asked.by, (), asked.off)
    left = tuple(each for each in ticket.watchers if each not in new)
    watched = await tools.store.amend(
        replace(ticket, watchers=left if asked.off else (*left, *new))
    )
    await tools.log(watched, asked.by, "unwatched" if asked.off else "watched", "、".join(names))
    return TicketWatched(watched, asked.by, names, asked.off)


async def _route(tools: Tools, ticket: Ticket, asked: RouteTicket) -> TicketRouted | RouteRefused:
    by, owner = asked.by, ticket.owner
    takes = owner and is_person(by) and tools.may_work(ticket, by)
    if ticket.state.ended or (owner and not takes):
        if not is_person(by):  # Nobody hears of it, so that it has to stand somewhere.
            await tools.log(ticket, by, "route_refused", asked.skill or asked.store)
        return RouteRefused(ticket, by, tools.name(owner))
    free, where = ticket, asked.skill or asked.store
    if owner:
        act = Act(by, "routed", where)
        moved = await tools.mover.move(ticket, Goal(TicketState.OPEN, ""), act)
        if not isinstance(moved, Moved):
            return RouteRefused(ticket, by, tools.name(owner))
        free = moved.ticket
    else:
        await tools.log(free, by, "routed", where)
    if asked.store and asked.store != free.store:
        free = await tools.store.amend(replace(free, store=asked.store))
    return TicketRouted(free, ticket, by, asked.skill)
