"""What is asked about tickets that belong together, each question on a connection of its own."""

from collections.abc import Sequence

from desk.kernel.ids import TicketId
from desk.store.readers import Reading
from desk.store.ticket_kin import StoredKin
from desk.tickets.model import Ticket, TicketEvent
from desk.tickets.relations import Link


class KinOfTickets:
    """Implements `desk.tickets.relations.KinReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def links(self, ticket: TicketId) -> tuple[Link, ...]:
        """The links of a ticket, the oldest first."""
        async with self._reading() as connection:
            return await StoredKin(connection).links(ticket)

    async def parts(self, number: str) -> tuple[Ticket, ...]:
        """All that were merged into a ticket, also by way of others."""
        async with self._reading() as connection:
            return await StoredKin(connection).parts(number)

    async def told_of(self, several: Sequence[TicketId]) -> tuple[tuple[str, TicketEvent], ...]:
        """What happened to several tickets, oldest first, each line with its ticket's number."""
        async with self._reading() as connection:
            return await StoredKin(connection).told_of(several)
