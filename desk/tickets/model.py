"""A ticket and its states."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desk.kernel.ids import ConversationId, CustomerId, InboxId, TicketId

FieldValue = str | int | bool | tuple[str, ...]
"""An answer of a form: text, a number (money in fen), yes or no, several of a choice."""


class TicketKind(StrEnum):
    """Kinds of tickets; names in phrases as ticket.kind.<value>."""

    LOGISTICS = "logistics"
    NOT_RECEIVED = "not_received"
    URGE = "urge"
    RETURN = "return"
    EXCHANGE = "exchange"
    REFUND = "refund"
    AFTER_SALES = "after_sales"
    PRICE_PROTECTION = "price_protection"
    INVOICE = "invoice"
    APPOINTMENT = "appointment"
    ORDER_CHANGE = "order_change"
    CANCEL = "cancel"
    PAYMENT = "payment"
    COMPLAINT = "complaint"
    CONSULT = "consult"
    PRIVACY = "privacy"
    EMERGENCY = "emergency"
    REPAIR = "repair"
    LEADER = "leader"
    RISK = "risk"
    OTHER = "other"


class Priority(StrEnum):
    """How much it hurries."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"

    def over(self, other: "Priority") -> bool:
        """Tell whether this hurries more than the other."""
        ranks = tuple(Priority)
        return ranks.index(self) < ranks.index(other)


class TicketState(StrEnum):
    """Where a ticket stands; from `taken` until it is solved somebody owns it.

    A solved ticket opens again when the customer says that it is not, a closed one never does.
    """

    OPEN = "open"
    TAKEN = "taken"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_INSIDE = "waiting_inside"
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def waits(self) -> bool:
        """Tell whether its owner cannot go on."""
        return self in (TicketState.WAITING_CUSTOMER, TicketState.WAITING_INSIDE)

    @property
    def ended(self) -> bool:
        """Tell whether nothing more is to be done."""
        return self in (TicketState.SOLVED, TicketState.CLOSED)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket. `number` is for people: T-20261121-0042 (day in Asia/Shanghai).

    `summary` is a Chinese line for the agent; `order_no` "" where none is meant.
    `due_at` is when it counts as overdue.

    `template` and `template_version` name what it follows, `step` where in it the ticket stands
    and `fields` the answers to its form by the fields' ids. `store` is the id of the store that
    it belongs to, `region` a city, `product_type` the merchant's own word for a kind of goods.
    `watchers` are userids who hear what becomes of it. `merged_into` is the number of the ticket
    that goes on in its place. "" and () where nothing is known. `link_version` counts how often
    the addresses of its page were taken back, `hands` how often somebody took it.
    """

    id: TicketId
    number: str
    kind: TicketKind
    priority: Priority
    state: TicketState
    customer: CustomerId | None
    conversation: ConversationId | None
    source: InboxId | None
    shop: str
    order_no: str
    summary: str
    owner: str
    opened_at: datetime
    taken_at: datetime | None
    solved_at: datetime | None
    due_at: datetime
    version: int
    template: str = ""
    template_version: int = 0
    step: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    store: str = ""
    region: str = ""
    product_type: str = ""
    tags: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()
    merged_into: str = ""
    link_version: int = 0
    hands: int = 0

    @property
    def is_hidden(self) -> bool:
        """Whether the customer whom it is about never hears of it."""
        return self.kind is TicketKind.RISK


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One line of a ticket's history; `actor` is a userid, "customer" or "bot"."""

    ticket: TicketId
    at: datetime
    actor: str
    what: str
    note: str = ""
