"""Links of tickets kept in memory; the tickets themselves are those of the other fake."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desk.kernel.ids import TicketId
from desk.tickets.model import Ticket, TicketEvent
from desk.tickets.relations import How, Link


@dataclass
class FakeKin:
    """Links by their two tickets, in the order they were made."""

    tickets: dict[str, Ticket]
    events: list[TicketEvent]
    kept: dict[tuple[TicketId, TicketId], How] = field(default_factory=dict)

    async def links(self, ticket: TicketId) -> tuple[Link, ...]:
        found = []
        for (one, other), how in self.kept.items():
            if ticket in (one, other):
                there = self._ticket(other if ticket == one else one)
                back = ticket == other
                found.append(Link(how, there.number, there.state, there.summary, back))
        return tuple(found)

    async def parts(self, number: str) -> tuple[Ticket, ...]:
        direct = [each for each in self.tickets.values() if each.merged_into == number]
        below = [one for each in direct for one in await self.parts(each.number)]
        return tuple(sorted((*direct, *below), key=lambda each: each.number))

    async def told_of(self, several: Sequence[TicketId]) -> tuple[tuple[str, TicketEvent], ...]:
        lines = [each for each in self.events if each.ticket in several]
        lines.sort(key=lambda each: each.at)
        return tuple((self._ticket(each.ticket).number, each) for each in lines)

    async def link(
        self, ticket: TicketId, other: TicketId, how: How, by: str, at: datetime
    ) -> None:
        await self.unlink(ticket, other)
        self.kept[ticket, other] = how

    async def unlink(self, ticket: TicketId, other: TicketId) -> bool:
        pairs = ((ticket, other), (other, ticket))
        gone = [self.kept.pop(each, None) for each in pairs]
        return gone != [None, None]

    async def caused_by(self, ticket: TicketId) -> tuple[Ticket, ...]:
        return tuple(
            self._ticket(one)
            for (one, other), how in self.kept.items()
            if other == ticket and how is How.CAUSE
        )

    async def fold(self, ticket: Ticket, into: str) -> Ticket:
        folded = replace(self.tickets[ticket.number], merged_into=into)
        self.tickets[ticket.number] = folded
        return folded

    def _ticket(self, ticket: TicketId) -> Ticket:
        return next(each for each in self.tickets.values() if each.id == ticket)
