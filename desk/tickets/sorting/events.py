"""What happened when tickets were sorted. `by` is the actor, `name` what people call them."""

from dataclasses import dataclass

from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class TicketTagged:
    """A ticket has other tags than before; both () where it had them already."""

    ticket: Ticket
    by: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TicketPrioritised:
    """A ticket hurries more or less than `before`; the same where it was so already."""

    ticket: Ticket
    before: Ticket
    by: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class TicketWatched:
    """People watch a ticket, or (`off`) no more; `names` are those for whom that is new."""

    ticket: Ticket
    by: str
    names: tuple[str, ...]
    off: bool


@dataclass(frozen=True, slots=True)
class TicketRouted:
    """A ticket that nobody has (any more) goes to others; `before` is how it stood."""

    ticket: Ticket
    before: Ticket
    by: str
    skill: str


@dataclass(frozen=True, slots=True)
class RouteRefused:
    """It is solved, or somebody has it and who asked may not take it from them."""

    ticket: Ticket
    by: str
    owner_name: str


TicketSorted = RouteRefused | TicketPrioritised | TicketRouted | TicketTagged | TicketWatched
