"""What happened about tickets that have to do with each other."""

from dataclasses import dataclass
from enum import StrEnum

from desk.tickets.model import Ticket
from desk.tickets.relations import How


@dataclass(frozen=True, slots=True)
class TicketMerged:
    """A ticket goes on as part of `into`; `before` is how it stood.

    `strangers`: their customers are two persons. `cards` ask no more. `hurried`: `into` hurries
    more than before.
    """

    ticket: Ticket
    before: Ticket
    into: Ticket
    by: str
    name: str
    strangers: bool
    cards: tuple[str, ...]
    hurried: bool = False


class Unmerged(StrEnum):
    """Why tickets are not merged; names in phrases as ticket.unmerged.<value>."""

    ITSELF = "itself"
    ALREADY = "already"
    ENDED = "ended"
    INTO_ENDED = "into_ended"
    NOT_YOURS = "not_yours"
    STRANGERS = "strangers"
    UNSURE = "unsure"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class TicketNotMerged:
    """They stay two; `into` is where the other one led."""

    ticket: Ticket
    into: Ticket
    by: str
    why: Unmerged
    owner_name: str = ""


@dataclass(frozen=True, slots=True)
class TicketLinked:
    """Two tickets are linked."""

    ticket: Ticket
    other: Ticket
    by: str
    how: How


@dataclass(frozen=True, slots=True)
class TicketUnlinked:
    """Two tickets are not linked; `changed`: they were until now."""

    ticket: Ticket
    other: Ticket
    by: str
    changed: bool


@dataclass(frozen=True, slots=True)
class LinkedToItself:
    """A ticket has nothing to do with itself."""

    ticket: Ticket
    by: str


@dataclass(frozen=True, slots=True)
class CauseSolved:
    """What others are there because of is solved; `blocked` are those that are not."""

    ticket: Ticket
    by: str
    blocked: tuple[Ticket, ...]


KinHappening = (
    CauseSolved | LinkedToItself | TicketLinked | TicketMerged | TicketNotMerged | TicketUnlinked
)
