"""Where tickets were put, and group leaders, kept in memory; `about` is what is known."""

from dataclasses import dataclass, field
from datetime import datetime

from desk.kernel.ids import CustomerId, TicketId
from desk.leaders.model import Leader
from desk.routing.placed import Known, Placed
from desk.tickets.commands import OpenTicket


@dataclass
class FakePlacements:
    """Placements by ticket."""

    about: Known = field(default_factory=Known)
    kept: dict[TicketId, Placed] = field(default_factory=dict)

    async def known(self, asked: OpenTicket, now: datetime) -> Known:
        return self.about

    async def keep(self, ticket: TicketId, placed: Placed, now: datetime) -> None:
        self.kept[ticket] = placed

    async def of(self, ticket: TicketId) -> Placed | None:
        return self.kept.get(ticket)


@dataclass
class FakeLeaders:
    """Group leaders by customer, nobody merged with anybody."""

    kept: dict[CustomerId, Leader] = field(default_factory=dict)

    async def of(self, customer: CustomerId) -> Leader | None:
        return self.kept.get(customer)

    async def everybody(self, limit: int) -> tuple[Leader, ...]:
        newest = sorted(self.kept.values(), key=lambda each: each.since, reverse=True)
        return tuple(newest[:limit])

    async def mark(self, customer: CustomerId, warehouse: str, by: str, now: datetime) -> Leader:
        self.kept[customer] = Leader(customer, "", "", warehouse, now, by)
        return self.kept[customer]

    async def end(self, customer: CustomerId, by: str, now: datetime) -> Leader | None:
        return self.kept.pop(customer, None)
