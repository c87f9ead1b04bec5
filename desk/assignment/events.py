"""What happened about who has which ticket. `by` is a userid, `name` what people call them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desk.assignment.model import Cause, Presence
from desk.assignment.offers import Offer
from desk.assignment.where import Where
from desk.tickets.model import Ticket


class Ended(StrEnum):
    """How an offer ended; names in phrases as assign.ended.<value>."""

    TAKEN = "taken"
    DONE = "done"
    CLOSED = "closed"
    MERGED = "merged"
    RETURNED = "returned"
    TIMED_OUT = "timed_out"
    PASSED_ON = "passed_on"


@dataclass(frozen=True, slots=True)
class TicketOffered:
    """A ticket was put before somebody; `to` get its card, `by` names who gave it ("": nobody)."""

    ticket: Ticket
    offer: Offer
    to: tuple[str, ...]
    nickname: str
    by: str = ""
    added: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, slots=True)
class NobodyFound:
    """Nobody can take a ticket now; `to` are those who have to know.

    `opens_at` is when service opens again, None while it is open. `queued`: in a surge it has to
    wait for what comes first. `tell_customer`: they have not been told of this ticket yet.
    """

    ticket: Ticket
    offer: Offer
    to: tuple[str, ...]
    nickname: str
    opens_at: datetime | None
    queued: bool
    tell_customer: bool


@dataclass(frozen=True, slots=True)
class OfferEnded:
    """A card that asked somebody asks no more; `name` is who took it, if anybody did."""

    offer: Offer
    how: Ended
    name: str = ""


@dataclass(frozen=True, slots=True)
class OwnerGone:
    """A ticket was taken from whoever had it; `before` is how it stood, `cards` ask no more."""

    before: Ticket
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TicketReturned:
    """Somebody gave a ticket back; it goes to the next."""

    ticket: Ticket
    by: str
    held: bool


@dataclass(frozen=True, slots=True)
class NotYours:
    """Somebody wanted to give away what others have; `owner_name` has it, "" where nobody."""

    ticket: Ticket
    by: str
    owner_name: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """Who should be given a ticket does not take work now."""

    ticket: Ticket
    by: str
    name: str
    state: Presence


@dataclass(frozen=True, slots=True)
class TicketGiven:
    """Somebody put a ticket before somebody in particular."""

    ticket: Ticket
    by: str
    name: str


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """Somebody comes, goes or is busy; `passed_on` offers went to others, `held` they still have.

    `state` is what holds now: who left does not come back by their own word.
    """

    userid: str
    name: str
    state: Presence
    by: str
    passed_on: int
    held: int


@dataclass(frozen=True, slots=True)
class StruckOut:
    """Somebody let too many offers in a row pass: they count as busy until they say otherwise."""

    userid: str
    name: str
    strikes: int
    passed_on: int
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffDismissed:
    """Somebody does not work here any more; `to` hear how much went to others."""

    userid: str
    name: str
    by: str
    passed_on: int
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SurgeSwitched:
    """A surge began or ended; `changed`: it was not so before."""

    on: bool
    by: str
    name: str
    changed: bool
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnerSought:
    """Somebody was looked for; for the log."""

    ticket: Ticket
    cause: Cause
    winner: str


@dataclass(frozen=True, slots=True)
class OfferHurried:
    """What somebody is asked to take hurries more than when they were asked."""

    ticket: Ticket
    offer: Offer
    note: str


AssignmentHappening = (
    NobodyFound
    | NotThere
    | NotYours
    | OfferEnded
    | OfferHurried
    | OwnerGone
    | OwnerSought
    | PresenceChanged
    | StaffDismissed
    | StruckOut
    | SurgeSwitched
    | TicketGiven
    | TicketOffered
    | TicketReturned
)
