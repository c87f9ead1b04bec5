"""Deadlines of tickets, and how far they have come on the ladders."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.ids import TicketId
from desk.sla.deadline import Deadline
from desk.sla.ladder import Climb
from desk.sla.policy import Counting, Which
from desk.store.schema_sla import CLIMBING, WATCHED, ticket_climbs, ticket_deadlines
from desk.store.schema_tickets import tickets
from desk.store.tickets import ticket_of
from desk.store.upserting import upsert
from desk.tickets.model import Ticket

_KEEP = {table: upsert(table) for table in (ticket_deadlines, ticket_climbs)}


class StoredDeadlines:
    """Implements `desk.sla.ports.DeadlineStore`.

    What is due is locked together with its ticket, and where somebody holds either it is left
    alone: whoever acts on a ticket holds its row first, so the two never wait for each other.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_ticket(self, ticket: TicketId) -> tuple[Deadline, ...]:
        """The deadlines of a ticket, locked."""
        rows = await self._of_ticket(ticket_deadlines, ticket)
        return tuple(_deadline(row) for row in rows)

    async def climbs(self, ticket: TicketId) -> tuple[Climb, ...]:
        """How far a ticket has come on its ladders, locked."""
        return tuple(_climb(row) for row in await self._of_ticket(ticket_climbs, ticket))

    async def keep(self, deadline: Deadline) -> None:
        """Store a deadline as it is now."""
        values = asdict(deadline)
        values["ticket_id"], values["time_left"] = values.pop("ticket"), values.pop("left")
        values["look_at"] = deadline.looked_at
        await self._keep(ticket_deadlines, values)

    async def keep_climb(self, climb: Climb) -> None:
        """Store a climb as it is now."""
        values = asdict(climb)
        values["ticket_id"] = values.pop("ticket")
        await self._keep(ticket_climbs, values)

    async def due(self, now: datetime, limit: int) -> tuple[tuple[Deadline, Ticket], ...]:
        """Deadlines to look at by now, with their tickets, all locked; what others hold is left."""
        rows = await self._due(ticket_deadlines, WATCHED, "look_at", now, limit)
        found = [(_deadline(row), await self._ticket(row.ticket_id)) for row in rows]
        return tuple(found)

    async def due_climbs(self, now: datetime, limit: int) -> tuple[tuple[Climb, Ticket], ...]:
        """Climbs whose next step is due by now, like `due`."""
        rows = await self._due(ticket_climbs, CLIMBING, "next_at", now, limit)
        found = [(_climb(row), await self._ticket(row.ticket_id)) for row in rows]
        return tuple(found)

    async def _of_ticket(self, table: Table, ticket: TicketId) -> list[Row[Any]]:
        wanted = select(table).where(table.c.ticket_id == ticket)
        found = await self._connection.execute(
            wanted.order_by(*table.primary_key).with_for_update()
        )
        return list(found)

    async def _due(
        self, table: Table, partial: str, column: str, now: datetime, limit: int
    ) -> list[Row[Any]]:
        found = await self._connection.execute(
            select(table)
            .join(tickets)
            .where(text(partial), table.c[column] <= now)
            .order_by(table.c[column])
            .limit(limit)
            .with_for_update(skip_locked=True, of=[table, tickets])
        )
        return list(found)

    async def _ticket(self, ticket: TicketId) -> Ticket:
        found = await self._connection.execute(select(tickets).where(tickets.c.id == ticket))
        return ticket_of(found.one())

    async def _keep(self, table: Table, values: dict[str, Any]) -> None:
        await self._connection.execute(_KEEP[table], values)


def _deadline(row: Row[Any]) -> Deadline:
    return Deadline(
        ticket=TicketId(row.ticket_id),
        which=Which(row.which),
        counting=Counting(row.counting),
        within=row.within,
        left=row.time_left,
        since=row.since,
        due_at=row.due_at,
        warn_at=row.warn_at,
        paused_at=row.paused_at,
        warned_at=row.warned_at,
        breached_at=row.breached_at,
        met_at=row.met_at,
    )


def _climb(row: Row[Any]) -> Climb:
    return Climb(
        ticket=TicketId(row.ticket_id),
        ladder=row.ladder,
        anchor=row.anchor,
        step=row.step,
        next_at=row.next_at,
        stopped_by=row.stopped_by,
    )
