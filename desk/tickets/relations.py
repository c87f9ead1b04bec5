"""How tickets have to do with each other, and what is asked and written about that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.kernel.ids import TicketId
from desk.tickets.model import Ticket, TicketEvent, TicketState


class How(StrEnum):
    """How one ticket has to do with another; names in phrases as ticket.link.<value>."""

    DUPLICATE = "duplicate"
    RELATED = "related"
    CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as one of the two sees it: to `number`, which stands in `state`.

    `back`: the other one named this one; a CAUSE that is back is what came of this one.
    """

    how: How
    number: str
    state: TicketState
    summary: str
    back: bool = False


class KinReader(Protocol):
    """What may be asked."""

    async def links(self, ticket: TicketId) -> tuple[Link, ...]:
        """The links of a ticket, the oldest first."""

    async def parts(self, number: str) -> tuple[Ticket, ...]:
        """All that were merged into a ticket, also by way of others."""

    async def told_of(self, several: Sequence[TicketId]) -> tuple[tuple[str, TicketEvent], ...]:
        """What happened to several tickets, oldest first, each line with its ticket's number."""


class KinStore(KinReader, Protocol):
    """What may be written."""

    async def link(
        self, ticket: TicketId, other: TicketId, how: How, by: str, at: datetime
    ) -> None:
        """Link two tickets; how they were linked before is forgotten."""

    async def unlink(self, ticket: TicketId, other: TicketId) -> bool:
        """Take the link between two tickets away; False where there was none."""

    async def caused_by(self, ticket: TicketId) -> tuple[Ticket, ...]:
        """The tickets that are there because of this one."""

    async def fold(self, ticket: Ticket, into: str) -> Ticket:
        """Note that a ticket that is closed goes on under another number."""


class NoKin:
    """The kin of tickets that have none."""

    async def links(self, ticket: TicketId) -> tuple[Link, ...]:
        """None."""
        return ()

    async def parts(self, number: str) -> tuple[Ticket, ...]:
        """None."""
        return ()

    async def told_of(self, several: Sequence[TicketId]) -> tuple[tuple[str, TicketEvent], ...]:
        """Nothing."""
        return ()
