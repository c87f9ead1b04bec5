"""Who is there, and surges."""

from datetime import datetime

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.assignment.model import Presence
from desk.store.schema_assignment import SURGING, presences, surges
from desk.store.schema_tickets import tickets


class StoredPresence:
    """Implements `desk.assignment.ports.PresenceStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def presence(self, userid: str) -> Presence:
        """Whether a member takes work."""
        found = await self._connection.scalar(
            select(presences.c.state).where(presences.c.userid == userid)
        )
        return Presence(found or Presence.ON_DUTY)

    async def has_left(self, userid: str) -> bool:
        """Whether a member was dismissed."""
        return await self.presence(userid) is Presence.LEFT

    async def set(self, userid: str, state: Presence, now: datetime, by: str) -> bool:
        """Note it; False where it was so before."""
        new = insert(presences).values(userid=userid, state=state.value, since=now, set_by=by)
        done = await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[presences.c.userid],
                set_={"state": state.value, "since": now, "set_by": by},
                where=presences.c.state != state.value,
            )
        )
        return done.rowcount == 1

    async def switch_surge(self, now: datetime, by: str, *, on: bool) -> bool:
        """Begin or end a surge; False where it was so before."""
        if on:
            new = insert(surges).values(started_at=now, started_by=by)
            done = await self._connection.execute(new.on_conflict_do_nothing())
        else:
            ended = update(surges).where(text(SURGING)).values(ended_at=now, ended_by=by)
            done = await self._connection.execute(ended)
        return done.rowcount == 1

    async def surge_by(self) -> str | None:
        """Who began the surge there is ("bot" for the house itself); None without one."""
        found: str | None = await self._connection.scalar(
            select(surges.c.started_by).where(text(SURGING))
        )
        return found

    async def opened_since(self, since: datetime) -> int:
        """How many tickets were opened since a moment."""
        counted = await self._connection.scalar(
            select(func.count()).select_from(tickets).where(tickets.c.opened_at > since)
        )
        return int(counted or 0)
