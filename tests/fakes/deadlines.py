"""Deadlines and climbs kept in memory; what is due is the sweep's, on the real database."""

from dataclasses import dataclass, field

from desk.kernel.ids import TicketId
from desk.sla.deadline import Deadline
from desk.sla.ladder import Climb
from desk.sla.policy import Which


@dataclass
class FakeDeadlines:
    """One deadline of each sort for a ticket, one climb for each ladder."""

    kept: dict[tuple[TicketId, Which], Deadline] = field(default_factory=dict)
    climbing: dict[tuple[TicketId, str], Climb] = field(default_factory=dict)

    async def of_ticket(self, ticket: TicketId) -> tuple[Deadline, ...]:
        return tuple(each for each in self.kept.values() if each.ticket == ticket)

    async def climbs(self, ticket: TicketId) -> tuple[Climb, ...]:
        return tuple(each for each in self.climbing.values() if each.ticket == ticket)

    async def keep(self, deadline: Deadline) -> None:
        self.kept[deadline.ticket, deadline.which] = deadline

    async def keep_climb(self, climb: Climb) -> None:
        self.climbing[climb.ticket, climb.ladder] = climb
