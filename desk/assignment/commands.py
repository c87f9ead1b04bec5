"""What may be done about who has which ticket. `by` is a userid, "bot" for the house itself."""

from dataclasses import dataclass

from desk.assignment.model import Cause, Presence
from desk.assignment.offers import OpenOffer
from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class FindOwner:
    """Propose an owner for a ticket that nobody has; `skill` "": what its kind wants."""

    ticket: Ticket
    cause: Cause
    skill: str = ""


@dataclass(frozen=True, slots=True)
class CloseOffer:
    """The ticket is taken, or solved without that: nobody is asked any more."""

    ticket: Ticket
    by: str


@dataclass(frozen=True, slots=True)
class HurryOffer:
    """The ticket hurries more than before: who is asked has no more time than for such a one.

    They hear of it, with what the customer said, unless they are of those who are `told` anyway.
    """

    ticket: Ticket
    note: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LapseOffer:
    """An offer is due: who was asked let it pass, or one that waited is looked at again."""

    due: OpenOffer


@dataclass(frozen=True, slots=True)
class SendElsewhere:
    """A ticket was routed: whoever was asked is asked no more, and somebody is looked for anew.

    `before` is how it stood; `skill` "" leaves what it asked for.
    """

    ticket: Ticket
    before: Ticket
    skill: str = ""


@dataclass(frozen=True, slots=True)
class GiveTicket:
    """Put a ticket before somebody in particular (转派)."""

    number: str
    to: str
    by: str


@dataclass(frozen=True, slots=True)
class ReturnTicket:
    """Give a ticket back (退回), whether it was offered or taken."""

    number: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetPresence:
    """Somebody comes, goes or is busy."""

    userid: str
    state: Presence
    by: str


@dataclass(frozen=True, slots=True)
class DismissStaff:
    """Somebody does not work here any more: all that they have goes to others."""

    userid: str
    by: str


@dataclass(frozen=True, slots=True)
class SwitchSurge:
    """Begin or end a surge."""

    by: str
    on: bool


AssignmentCommand = (
    CloseOffer
    | DismissStaff
    | FindOwner
    | GiveTicket
    | HurryOffer
    | LapseOffer
    | ReturnTicket
    | SendElsewhere
    | SetPresence
    | SwitchSurge
)
