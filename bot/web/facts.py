"""What is read of a ticket for its page, in a few questions that lock nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.front import Desk
from desk.kernel.messages import TicketLink
from desk.parcels.model import FollowedParcel
from desk.ratings.model import Rating
from desk.templates.model import Template
from desk.tickets.links import has_page, link_to
from desk.tickets.model import Ticket, TicketEvent, TicketKind, TicketState

SHOWN_FOR = timedelta(days=90)
"""How long after its end a ticket's page can be looked at."""

_OPENED_ANEW = "linked_effect"
"""The line that names the ticket which came of this one, see desk/tickets/kin."""
_WITH_PARCELS = frozenset({TicketKind.LOGISTICS, TicketKind.NOT_RECEIVED, TicketKind.URGE})


@dataclass(frozen=True, slots=True)
class Facts:
    """A ticket and what stands around it; `onward` is their ticket that goes on instead."""

    ticket: Ticket
    events: tuple[TicketEvent, ...] = ()
    rating: Rating | None = None
    template: Template | None = None
    parcels: tuple[FollowedParcel, ...] = ()
    onward: Ticket | None = None


class LinkIsOver(Exception):
    """The link was ours once: it was taken back, or its ticket ended long ago."""


async def read_facts(link: TicketLink, desk: Desk, now: datetime) -> Facts | None:
    """Read what a link leads to; None where there is no such ticket.

    Raises:
        LinkIsOver: the link leads there no more.
        Unavailable: the database is away.
    """
    ticket = await desk.tickets.get(link.ticket)
    if ticket is None or not has_page(ticket):
        return None
    if link != link_to(ticket):
        raise LinkIsOver
    events = await desk.tickets.history(ticket.number)
    if ticket.state.ended and now - _ended_at(ticket, events) > SHOWN_FOR:
        raise LinkIsOver
    return Facts(
        ticket=ticket,
        events=events,
        rating=await desk.ratings.of_ticket(ticket.id),
        template=await _template(ticket, desk),
        parcels=await _parcels(ticket, desk),
        onward=await _onward(ticket, events, desk),
    )


async def _template(ticket: Ticket, desk: Desk) -> Template | None:
    if not (ticket.template and ticket.step):
        return None
    return await desk.templates.version(ticket.template, ticket.template_version)


async def _parcels(ticket: Ticket, desk: Desk) -> tuple[FollowedParcel, ...]:
    if ticket.kind not in _WITH_PARCELS or not ticket.order_no:
        return ()
    return await desk.parcels.known_of(ticket.shop, ticket.order_no)


async def _onward(ticket: Ticket, events: tuple[TicketEvent, ...], desk: Desk) -> Ticket | None:
    """Where it was merged into; or what was opened as it was closed and not solved after all."""
    number = ticket.merged_into
    if not number and ticket.state is TicketState.CLOSED:
        number = next((each.note for each in reversed(events) if each.what == _OPENED_ANEW), "")
    found = await desk.tickets.by_number(number) if number else None
    if found is None or found.customer is None or not has_page(found):
        return None
    return found if found.customer == ticket.customer else None


def _ended_at(ticket: Ticket, events: tuple[TicketEvent, ...]) -> datetime:
    last = events[-1].at if events else ticket.opened_at
    return ticket.solved_at or last
