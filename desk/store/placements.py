"""Where tickets were put, and how that was found."""

from datetime import datetime
from typing import Any

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.ids import TicketId
from desk.routing.placed import By, Found, Known, Placed
from desk.store.placement_facts import read_known
from desk.store.readers import Reading
from desk.store.schema_places import ticket_placements
from desk.tickets.commands import OpenTicket

_THINGS = ("store", "region", "goods", "warehouse")
_OTHERS = ("tier", "route", "line", "lane", "skill", "leader")


def _keep() -> Any:  # noqa: ANN401  an insert
    new = insert(ticket_placements)
    changed = [each.name for each in ticket_placements.c if each.name != "ticket_id"]
    return new.on_conflict_do_update(
        index_elements=["ticket_id"], set_={name: new.excluded[name] for name in changed}
    )


_KEEP = _keep()
"""Made once: putting it together costs more than asking."""
_ITS_OWN = select(ticket_placements).where(
    ticket_placements.c.ticket_id == bindparam("ticket", type_=Uuid())
)


class StoredPlacements:
    """Implements `desk.routing.ports.PlacementStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self, asked: OpenTicket, now: datetime) -> Known:
        """What is known of customer, order and place when a ticket is opened."""
        return await read_known(self._connection, asked, now)

    async def keep(self, ticket: TicketId, placed: Placed, now: datetime) -> None:
        """Write down where a ticket was put; what was written before is replaced."""
        found: dict[str, object] = {"ticket_id": ticket, "placed_at": now}
        for thing in _THINGS:
            one: Found = getattr(placed, thing)
            found |= {
                thing: one.value,
                f"{thing}_by": one.by.value,
                f"{thing}_km": one.km,
                f"{thing}_word": one.word,
            }
        others = {name: getattr(placed, name) for name in _OTHERS}
        await self._connection.execute(_KEEP, found | others)

    async def of(self, ticket: TicketId) -> Placed | None:
        """Where a ticket was put when it was opened; None where nothing decided about it."""
        row = (await self._connection.execute(_ITS_OWN, {"ticket": ticket})).one_or_none()
        return None if row is None else _placed(row._mapping)


class Placements:
    """Implements `desk.routing.ports.PlacementReader`, each question on its own connection."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def of(self, ticket: TicketId) -> Placed | None:
        """Where a ticket was put when it was opened; None where nothing decided about it."""
        async with self._reading() as connection:
            return await StoredPlacements(connection).of(ticket)


def _placed(row: Any) -> Placed:  # noqa: ANN401  a row of named columns
    return Placed(
        store=_found(row, "store"),
        region=_found(row, "region"),
        goods=_found(row, "goods"),
        warehouse=_found(row, "warehouse"),
        **{name: row[name] for name in _OTHERS},
    )


def _found(row: Any, thing: str) -> Found:  # noqa: ANN401  a row of named columns
    return Found(row[thing], By(row[f"{thing}_by"]), row[f"{thing}_km"], row[f"{thing}_word"])
