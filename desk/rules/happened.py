"""What of all that happens rules may be about, and what tells it apart."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from desk.customers.ports import CustomerReader
from desk.rules.commands import Noticed
from desk.rules.happenings import Happening, On, Value
from desk.rules.vocabulary import KEYS
from desk.shops.port import Order
from desk.tickets.events import (
    TicketFinished,
    TicketJoined,
    TicketOpened,
    TicketRaised,
    TicketReopened,
)
from desk.tickets.model import Ticket
from desk.tickets.sorting.events import TicketPrioritised, TicketRouted, TicketTagged
from desk.tickets.steps.events import TicketStepped

_ON: Mapping[type[object], On] = {
    TicketOpened: On.TICKET_OPENED,
    TicketJoined: On.TICKET_JOINED,
    TicketRaised: On.TICKET_JOINED,
    TicketReopened: On.TICKET_REOPENED,
    TicketFinished: On.TICKET_SOLVED,
}


def happening_of(event: object) -> Happening | None:
    """What an event is to rules; None where they are not about such."""
    match event:
        case Noticed(happening):
            return happening
        case TicketOpened() | TicketJoined() | TicketRaised() | TicketReopened() | TicketFinished():
            return of_ticket(_ON[type(event)], event.ticket)
        case TicketTagged(ticket, _, added, removed) if added or removed:
            return of_ticket(On.TICKET_CHANGED, ticket, {"change.what": "tags"})
        case TicketPrioritised(ticket, before) if ticket != before:
            return of_ticket(On.TICKET_CHANGED, ticket, {"change.what": "priority"})
        case TicketStepped(ticket, before):
            return of_ticket(On.TICKET_STEP, ticket, {"step.before": before.step})
        case TicketRouted(ticket):
            return of_ticket(On.TICKET_CHANGED, ticket, {"change.what": "route"})
        case _:
            return None


def of_ticket(on: On, ticket: Ticket, told: Mapping[str, Value] | None = None) -> Happening:
    """Something that happened to a ticket."""
    return Happening(
        on,
        customer=ticket.customer,
        conversation=ticket.conversation,
        ticket=ticket,
        shop=ticket.shop,
        order_no=ticket.order_no,
        told=told or {},
    )


async def keys_of(
    at: Happening, wanted: AbstractSet[str], customers: CustomerReader
) -> dict[str, Sequence[str]]:
    """The values of the keys that are wanted; a key that it does not have is missing."""
    keys: dict[str, Sequence[str]] = {}
    for key in wanted:
        name = KEYS[at.on].get(key, "")
        if name == "customer.shops":
            keys[key] = await _shops(at, customers)
        elif name in at.told:
            keys[key] = (str(at.told[name]),)
        elif at.ticket is not None and name.startswith("ticket."):
            keys[key] = (str(getattr(at.ticket, key)),)
        elif at.order is not None and name in _OF_ORDERS:
            keys[key] = (_OF_ORDERS[name](at.order),)
        elif name == "order.shop":
            keys[key] = (at.shop,)
    return keys


async def _shops(at: Happening, customers: CustomerReader) -> tuple[str, ...]:
    """The shops where the customer is known to have bought."""
    who = await customers.get(at.customer) if at.customer else None
    return tuple(dict.fromkeys(each.shop for each in who.buyers)) if who else ()


_OF_ORDERS: Mapping[str, Callable[[Order], str]] = {
    "order.shop": lambda order: order.shop,
    "order.status": lambda order: order.status.value,
}
