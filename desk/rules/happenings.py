"""What rules may be about: the closed list of happenings, each with what tells it apart at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.port import Order
from desk.tickets.model import Ticket

Value = str | int | bool | datetime | tuple[str, ...] | Mapping[str, object]
"""What a name in a condition stands for."""


class On(StrEnum):
    """The happenings; names in phrases as rule.on.<value>."""

    MESSAGE = "message"
    TICKET_OPENED = "ticket_opened"
    TICKET_JOINED = "ticket_joined"
    TICKET_CHANGED = "ticket_changed"
    TICKET_STEP = "ticket_step"
    TICKET_LATE = "ticket_late"
    TICKET_REOPENED = "ticket_reopened"
    TICKET_SOLVED = "ticket_solved"
    RATED = "rated"
    ORDER_CHANGED = "order_changed"
    REFUND_CHANGED = "refund_changed"
    PARCEL_STUCK = "parcel_stuck"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, and whom and what it is about; None and "" where that is nobody.

    `told` are names that it tells itself (message.intent, late.which); `text` is what the customer
    wrote, never shown. `held`: a person holds the session, so that the bot may not write.
    """

    on: On
    customer: CustomerId | None = None
    conversation: ConversationId | None = None
    ticket: Ticket | None = None
    order: Order | None = None
    shop: str = ""
    order_no: str = ""
    told: Mapping[str, Value] = field(default_factory=dict)
    text: str = field(default="", repr=False)
    held: bool = False

    @property
    def subject(self) -> str:
        """What it is about, in a word for the log: the ticket, else the order, "" else."""
        return self.ticket.number if self.ticket else self.order_no
