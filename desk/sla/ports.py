"""What the promised times need from a store."""

from datetime import datetime
from typing import Protocol

from desk.kernel.ids import TicketId
from desk.sla.deadline import Deadline
from desk.sla.ladder import Climb
from desk.tickets.model import Ticket


class DeadlineStore(Protocol):
    """Deadlines and climbs of tickets."""

    async def of_ticket(self, ticket: TicketId) -> tuple[Deadline, ...]:
        """The deadlines of a ticket, locked."""

    async def climbs(self, ticket: TicketId) -> tuple[Climb, ...]:
        """How far a ticket has come on its ladders, locked."""

    async def keep(self, deadline: Deadline) -> None:
        """Store a deadline as it is now."""

    async def keep_climb(self, climb: Climb) -> None:
        """Store a climb as it is now."""

    async def due(self, now: datetime, limit: int) -> tuple[tuple[Deadline, Ticket], ...]:
        """Deadlines to look at by now, with their tickets, all locked; what others hold is left."""

    async def due_climbs(self, now: datetime, limit: int) -> tuple[tuple[Climb, Ticket], ...]:
        """Climbs whose next step is due by now, like `due`."""
