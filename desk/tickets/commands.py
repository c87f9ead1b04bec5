"""What may be done about tickets."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.kernel.ids import ConversationId, CustomerId
from desk.tickets.actors import BOT
from desk.tickets.answering.commands import AnswerInSession
from desk.tickets.closing.commands import CloseTicket
from desk.tickets.filling.commands import FillForm
from desk.tickets.kin.commands import OfKin
from desk.tickets.model import FieldValue, Priority, TicketKind
from desk.tickets.sorting.commands import SortTicket
from desk.tickets.steps.commands import StepTicket


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """Open a ticket, or join the customer's open one of the same kind and order.

    `summary` is a Chinese line for the agent. The customer hears the number by what follows from
    it (desk/tickets/wording.py): `ticket.opened`, or `ticket.joined` when there was one.
    One that is joined takes the higher priority and the earlier due moment of both. Without a
    customer (it concerns several, or none) it joins no other.

    `fields` are answers of the form that are known already; `asks`: the customer is asked in chat
    for those that are missing. `template` "" is that of the kind.
    `because` is the number of the ticket that it is there because of.
    `priority` None is what the template says. `by` is who opens it: "bot", "rule:" with the
    rule's id, or a userid.
    """

    kind: TicketKind
    priority: Priority | None
    summary: str
    customer: CustomerId | None
    conversation: ConversationId | None
    shop: str = ""
    order_no: str = ""
    skill: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    store: str = ""
    region: str = ""
    product_type: str = ""
    template: str = ""
    by: str = BOT
    tags: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()
    asks: bool = True
    because: str = ""


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
class WaitOnTicket:
    """An agent cannot go on: the customer has to answer, or (`inside`) a colleague or supplier."""

    number: str
    by: str
    reason: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class ResumeTicket:
    """The waiting is over; `by` is a userid or "customer", `words` what they answered."""

    number: str
    by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReopenTicket:
    """A solved ticket is not solved; `by` is a userid or "customer", `words` what they said."""

    number: str
    by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class AcknowledgeTicket:
    """Somebody has heard that a ticket is late and looks after it: nobody else is told."""

    number: str
    by: str


@dataclass(frozen=True, slots=True)
class AnswerOnTicket:
    """Somebody of the staff speaks to the customer about a ticket in person."""

    number: str
    by: str


@dataclass(frozen=True, slots=True)
class NoteOnTicket:
    """Somebody adds a line to a ticket."""

    number: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class RevokeLink:
    """All addresses of a ticket's page that were told so far shall open nothing any more."""

    number: str
    by: str


ActOnTicket = (
    AcknowledgeTicket
    | AnswerOnTicket
    | CloseTicket
    | FinishTicket
    | NoteOnTicket
    | ReopenTicket
    | ResumeTicket
    | StepTicket
    | TakeTicket
    | WaitOnTicket
)
"""What is done about a ticket that there is."""

TicketCommand = (
    ActOnTicket | AnswerInSession | FillForm | OfKin | OpenTicket | RevokeLink | SortTicket
)
