"""What happened when tickets were closed."""

from dataclasses import dataclass

from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class TicketClosed:
    """A ticket is closed for good; `before` is how it stood, `cards` ask no more.

    `watchers` have not heard of it otherwise.
    """

    ticket: Ticket
    before: Ticket
    by: str
    name: str
    reason: str
    cards: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CloseRefused:
    """It is closed already, or who asked may not close it."""

    ticket: Ticket
    by: str


@dataclass(frozen=True, slots=True)
class NotSolvedAfterAll:
    """What is closed for good is not solved: it goes on as a new ticket; `words` tell why."""

    ticket: Ticket
    by: str
    words: str


TicketEnded = CloseRefused | NotSolvedAfterAll | TicketClosed
