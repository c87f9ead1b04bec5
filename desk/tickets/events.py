"""What happened to tickets. `by` is a userid, `name` what people call that person."""

from dataclasses import dataclass, field

from desk.tickets.actors import CUSTOMER
from desk.tickets.closing.events import TicketEnded
from desk.tickets.course import Way
from desk.tickets.filling.events import FormFilled
from desk.tickets.form import FormShown
from desk.tickets.kin.events import KinHappening
from desk.tickets.model import Ticket
from desk.tickets.sorting.events import TicketSorted
from desk.tickets.steps.events import TicketInStep


@dataclass(frozen=True, slots=True)
class TicketOpened:
    """A new ticket; `skill` is what its opener or template asks for, "": what its kind wants.

    `watchers` hear of it where a rule opened it.
    """

    ticket: Ticket
    nickname: str
    skill: str = ""
    watchers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketJoined:
    """The customer had a ticket that this belongs to; it got another note, `by` whom.

    `late`: the time that was promised is over.
    """

    ticket: Ticket
    note: str
    by: str = CUSTOMER
    late: bool = False


@dataclass(frozen=True, slots=True)
class TicketRaised:
    """What joined an unsolved ticket hurries more than that did; it is due earlier from now on.

    `to` are the userids of those above, where nobody has it and it is urgent now; `late` as above.
    """

    ticket: Ticket
    note: str
    to: tuple[str, ...]
    by: str = CUSTOMER
    late: bool = False


@dataclass(frozen=True, slots=True)
class TicketTaken:
    """An agent was first to take a ticket; `added` is what the customer said of it last.

    `cards` have told that it is late; `ways` lead on from the step where it stands.
    """

    ticket: Ticket
    by: str
    name: str
    nickname: str
    added: str = ""
    cards: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    form: FormShown = field(default_factory=FormShown)


@dataclass(frozen=True, slots=True)
class TakeRefused:
    """Somebody else was faster, or it is solved; `owner_name` has it (or solved it).

    `has_left`: who asked does not work here any more.
    """

    ticket: Ticket
    by: str
    owner_name: str
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class How:
    """What the words with which a ticket was finished filled, and what was left empty."""

    filled: str = ""
    unfilled: tuple[str, ...] = ()


UNTOLD = How()


@dataclass(frozen=True, slots=True)
class TicketFinished:
    """A ticket is solved; `before` is how it stood until now; `watchers` hear of it too."""

    ticket: Ticket
    before: Ticket
    by: str
    name: str
    note: str
    nickname: str = ""
    cards: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()
    how: How = UNTOLD


@dataclass(frozen=True, slots=True)
class TicketWaits:
    """A ticket waits, as its state tells; `before` is how it stood until now.

    `stepped`: it came to a step that waits, which is told anyway.
    """

    ticket: Ticket
    before: Ticket
    by: str
    name: str
    reason: str
    stepped: bool = False


@dataclass(frozen=True, slots=True)
class TicketGoesOn:
    """The waiting is over; `by` is a userid or "customer", `words` what the customer answered."""

    ticket: Ticket
    by: str
    nickname: str
    words: str


@dataclass(frozen=True, slots=True)
class TicketReopened:
    """What was solved is not; `name` is its owner, "" where nobody has it: then `to` may take it.

    `by` is a userid or "customer".
    """

    ticket: Ticket
    by: str
    name: str
    words: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TicketAcknowledged:
    """Somebody looks after what is late; `cards` have told of it."""

    ticket: Ticket
    by: str
    name: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveRefused:
    """It cannot wait, go on or open again: somebody else has it, or it does not stand so."""

    ticket: Ticket
    by: str
    owner_name: str


@dataclass(frozen=True, slots=True)
class FinishRefused:
    """Only its owner or a supervisor may finish a ticket, and only once."""

    ticket: Ticket
    by: str
    owner_name: str


@dataclass(frozen=True, slots=True)
class TicketNoted:
    """Somebody added a line to a ticket."""

    ticket: Ticket
    by: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class LinkRevoked:
    """The addresses of a ticket's page open nothing any more; the next one does."""

    ticket: Ticket
    by: str


@dataclass(frozen=True, slots=True)
class NoSuchTicket:
    """There is no ticket of this number."""

    number: str
    by: str


TicketHappening = (
    FinishRefused
    | FormFilled
    | KinHappening
    | LinkRevoked
    | MoveRefused
    | NoSuchTicket
    | TakeRefused
    | TicketAcknowledged
    | TicketEnded
    | TicketFinished
    | TicketGoesOn
    | TicketInStep
    | TicketJoined
    | TicketNoted
    | TicketOpened
    | TicketRaised
    | TicketReopened
    | TicketSorted
    | TicketTaken
    | TicketWaits
)
