"""Merges a ticket into another: nothing is lost, the customer has one number from then on."""

from dataclasses import replace

from desk.kernel.roles import Role
from desk.tickets.kin.commands import MergeTicket
from desk.tickets.kin.events import TicketMerged, TicketNotMerged, Unmerged
from desk.tickets.model import Ticket, TicketState
from desk.tickets.moving import Act, Goal, Moved
from desk.tickets.open_cards import open_cards
from desk.tickets.ports import TicketStore
from desk.tickets.tools import Tools


async def end_of(store: TicketStore, ticket: Ticket) -> Ticket:
    """The ticket under whose number another one goes on: itself, where it was not merged."""
    while ticket.merged_into:
        further = await store.by_number(ticket.merged_into)
        if further is None:
            return ticket
        ticket = further
    return ticket


async def both(store: TicketStore, number: str, into: str) -> tuple[Ticket | None, Ticket | None]:
    """Both tickets locked; of the second where it leads."""
    found = await store.by_number(into)
    end = into if found is None else (await end_of(store, found)).number
    ticket, other = await two(store, number, end)
    if other is not None and other.merged_into:
        return await both(store, number, end)  # It was merged just now.
    return ticket, other


async def two(store: TicketStore, number: str, other: str) -> tuple[Ticket | None, Ticket | None]:
    """Both tickets locked, always in the same order."""
    kept = {each: await store.locked(each) for each in sorted({number, other})}
    return kept[number], kept[other]


async def merge(
    tools: Tools, pair: tuple[Ticket, Ticket], asked: MergeTicket
) -> TicketMerged | TicketNotMerged:
    """Merge the first into the second; both are locked."""
    ticket, into = pair
    strangers = await are_strangers(tools, ticket, into)
    why = _why_not(tools, ticket, into, asked, strangers)
    if why is not None:
        whose = ticket if ticket.owner not in ("", asked.by) else into
        return TicketNotMerged(ticket, into, asked.by, why, tools.name(whose.owner))
    cards = await open_cards(tools.store, ticket)
    goal, act = Goal(TicketState.CLOSED, ticket.owner), Act(asked.by, "merged", into.number)
    moved = await tools.mover.move(ticket, goal, act)
    if not isinstance(moved, Moved):
        return TicketNotMerged(ticket, into, asked.by, Unmerged.ENDED)
    merged = await tools.kin.fold(moved.ticket, into.number)
    survivor = await _unite(tools, into, ticket, asked.by, strangers=strangers)
    late = await tools.times.given_up(merged)
    cards = (*cards, *late.values())
    hurried = survivor.priority.over(into.priority) or survivor.due_at < into.due_at
    name = tools.name(asked.by)
    return TicketMerged(merged, ticket, survivor, asked.by, name, strangers, cards, hurried)


def _why_not(
    tools: Tools, ticket: Ticket, into: Ticket, asked: MergeTicket, strangers: bool
) -> Unmerged | None:
    by = asked.by
    mine = all(tools.may_work(each, by) for each in (ticket, into))
    reasons = (
        (Unmerged.ITSELF, ticket.id == into.id and not ticket.merged_into),
        (Unmerged.ALREADY, bool(ticket.merged_into)),
        (Unmerged.ENDED, ticket.state.ended),
        (Unmerged.INTO_ENDED, into.state.ended),
        (Unmerged.NOT_YOURS, not mine),
        (Unmerged.HIDDEN, ticket.is_hidden is not into.is_hidden),
        (Unmerged.STRANGERS, strangers and tools.role(by) < Role.SUPERVISOR),
        (Unmerged.UNSURE, strangers and not asked.sure),
    )
    return next((why for why, holds in reasons if holds), None)


async def are_strangers(tools: Tools, ticket: Ticket, into: Ticket) -> bool:
    """Whether their customers are two persons; who is nobody's is a stranger to nobody."""
    if ticket.customer is None or into.customer is None or ticket.customer == into.customer:
        return False
    customer = await tools.customers.get(ticket.customer)
    return customer is None or not customer.is_person_of(into.customer)


async def _unite(tools: Tools, into: Ticket, ticket: Ticket, by: str, *, strangers: bool) -> Ticket:
    """What goes on has what it lacks from the other, and whatever hurries more of both."""
    one = await tools.store.amend(_sorted_as(into if strangers else _filled(into, ticket), ticket))
    await tools.log(one, by, "merged_in", f"{ticket.number} {ticket.summary}")
    if one.state is TicketState.OPEN and ticket.owner:
        goal = Goal(TicketState.TAKEN, ticket.owner)
        moved = await tools.mover.move(one, goal, Act(ticket.owner, "taken"))
        one = moved.ticket if isinstance(moved, Moved) else one
    priority, due_at = one.priority, one.due_at
    if ticket.priority.over(priority):
        priority = ticket.priority
        due_at = await tools.times.raised(one, priority)
        await tools.log(one, by, f"raised_{priority}")
        one = await tools.store.hurry(one, priority, due_at)
    return await tools.store.hurry(one, priority, await tools.times.united(one, ticket))


def _filled(into: Ticket, other: Ticket) -> Ticket:
    """One ticket with the gaps filled from another; what it has itself stays."""
    order = into if into.order_no or not other.order_no else other
    return replace(
        into,
        shop=order.shop or into.shop,
        order_no=order.order_no,
        fields={**other.fields, **into.fields},
        store=into.store or other.store,
        region=into.region or other.region,
        product_type=into.product_type or other.product_type,
    )


def _sorted_as(into: Ticket, other: Ticket) -> Ticket:
    """The tags and watchers of both: these are nobody's secrets."""
    return replace(
        into,
        tags=tuple(dict.fromkeys((*into.tags, *other.tags))),
        watchers=tuple(dict.fromkeys((*into.watchers, *other.watchers))),
    )
