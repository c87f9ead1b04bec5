"""What routing needs from a store."""

from datetime import datetime
from typing import Protocol

from desk.kernel.ids import TicketId
from desk.routing.placed import Known, Placed
from desk.tickets.commands import OpenTicket


class PlacementReader(Protocol):
    """What may be asked about where tickets were put."""

    async def of(self, ticket: TicketId) -> Placed | None:
        """Where a ticket was put; None where nothing decided about it."""


class PlacementStore(PlacementReader, Protocol):
    """What may be written about where tickets are put."""

    async def known(self, asked: OpenTicket, now: datetime) -> Known:
        """What is known of customer, order and place when a ticket is opened."""

    async def keep(self, ticket: TicketId, placed: Placed, now: datetime) -> None:
        """Write down where a ticket was put; what was written before is replaced."""


class NothingPlaced:
    """The placements of a house that keeps none."""

    async def of(self, ticket: TicketId) -> Placed | None:
        """None."""
        return None
