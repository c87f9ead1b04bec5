"""Links between tickets, and those that were merged into others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, and_, delete, literal, or_, select, text, union_all, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.ids import TicketId
from desk.store.schema_links import ticket_links
from desk.store.schema_tickets import ticket_events, tickets
from desk.store.tickets import ticket_of
from desk.tickets.model import Ticket, TicketEvent, TicketState
from desk.tickets.relations import How, Link

_PARTS = text(
    """
WITH RECURSIVE merged (number) AS (
  SELECT number FROM tickets WHERE merged_into = :number AND merged_into <> ''
  UNION
  SELECT below.number FROM merged
    JOIN tickets below ON below.merged_into = merged.number AND below.merged_into <> ''
)
SELECT tickets.* FROM merged JOIN tickets ON tickets.number = merged.number ORDER BY tickets.number
"""
).columns(*tickets.c)


class StoredKin:
    """Implements `desk.tickets.relations.KinStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def links(self, ticket: TicketId) -> tuple[Link, ...]:
        """The links of a ticket, the oldest first."""
        mine, theirs = ticket_links.c.ticket_id, ticket_links.c.other_id
        both = union_all(_seen(mine, theirs, ticket), _seen(theirs, mine, ticket, back=True))
        found = await self._connection.execute(both.order_by("linked_at", "number"))
        return tuple(
            Link(How(row.how), row.number, TicketState(row.state), row.summary, row.back)
            for row in found
        )

    async def link(
        self, ticket: TicketId, other: TicketId, how: How, by: str, at: datetime
    ) -> None:
        """Link two tickets; how they were linked before is forgotten."""
        await self.unlink(ticket, other)
        await self._connection.execute(
            insert(ticket_links).values(
                ticket_id=ticket, other_id=other, how=how.value, linked_by=by, linked_at=at
            )
        )

    async def unlink(self, ticket: TicketId, other: TicketId) -> bool:
        """Take the link between two tickets away; False where there was none."""
        gone = await self._connection.execute(
            delete(ticket_links).where(
                or_(
                    and_(ticket_links.c.ticket_id == ticket, ticket_links.c.other_id == other),
                    and_(ticket_links.c.ticket_id == other, ticket_links.c.other_id == ticket),
                )
            )
        )
        return gone.rowcount > 0

    async def caused_by(self, ticket: TicketId) -> tuple[Ticket, ...]:
        """The tickets that are there because of this one."""
        found = await self._connection.execute(
            select(tickets)
            .join(ticket_links, ticket_links.c.ticket_id == tickets.c.id)
            .where(ticket_links.c.other_id == ticket, ticket_links.c.how == How.CAUSE.value)
            .order_by(tickets.c.number)
        )
        return tuple(ticket_of(row) for row in found)

    async def fold(self, ticket: Ticket, into: str) -> Ticket:
        """Note that a ticket that is closed goes on under another number."""
        folded = await self._connection.execute(
            update(tickets)
            .where(tickets.c.id == ticket.id)
            .values(merged_into=into)
            .returning(tickets)
        )
        return ticket_of(folded.one())

    async def parts(self, number: str) -> tuple[Ticket, ...]:
        """All that were merged into a ticket, also by way of others."""
        found = await self._connection.execute(_PARTS, {"number": number})
        return tuple(ticket_of(row) for row in found)

    async def told_of(self, several: Sequence[TicketId]) -> tuple[tuple[str, TicketEvent], ...]:
        """What happened to several tickets, oldest first, each line with its ticket's number."""
        found = await self._connection.execute(
            select(ticket_events, tickets.c.number)
            .join(tickets)
            .where(tickets.c.id.in_(several))
            .order_by(ticket_events.c.happened_at, ticket_events.c.id)
        )
        return tuple(
            (
                row.number,
                TicketEvent(
                    TicketId(row.ticket_id), row.happened_at, row.actor, row.what, row.note
                ),
            )
            for row in found
        )


def _seen(
    here: Column[Any], there: Column[Any], ticket: TicketId, *, back: bool = False
) -> Select[Any]:
    """The links of a ticket as it sees them, from one of their two ends."""
    return (
        select(
            ticket_links.c.how,
            ticket_links.c.linked_at,
            tickets.c.number,
            tickets.c.state,
            tickets.c.summary,
            literal(back).label("back"),
        )
        .select_from(ticket_links.join(tickets, tickets.c.id == there))
        .where(here == ticket)
    )
