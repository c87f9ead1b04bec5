"""What may be done about tickets."""

from dataclasses import dataclass

from desk.kernel.ids import ConversationId, CustomerId
from desk.tickets.model import Priority, TicketKind


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """Open a ticket, or join the customer's open one of the same kind and order.

    `summary` is a Chinese line for the agent. The customer hears the number by what follows from
    it (desk/tickets/wording.py): `ticket.opened`, or `ticket.joined` when there was one.
    One that is joined takes the higher priority and the earlier due moment of both. Without a
    customer (it concerns several, or none) it joins no other.
    """

    kind: TicketKind
    priority: Priority
    summary: str
    customer: CustomerId | None
    conversation: ConversationId | None
    shop: str = ""
    order_no: str = ""
    skill: str = ""


@dataclass(frozen=True, slots=True)
class TakeTicket:
    """An agent takes a ticket (接单)."""

    number: str
    by: str


@dataclass(frozen=True, slots=True)
class FinishTicket:
    """An agent has solved a ticket (完成)."""

    number: str
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoteOnTicket:
    """Somebody adds a line to a ticket."""

    number: str
    by: str
    note: str
