"""Every row as it was at every moment: what the checks and the figures are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from desk.store.database import Database

_WATCHED = (
    *("tickets", "ticket_offers", "ticket_deadlines", "ticket_climbs"),
    *("presences", "surges"),
)
_MAKE = (
    "CREATE SCHEMA trail",
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', "
    "current_database()); END $$",
    "SET synchronous_commit = off",
    "CREATE TABLE trail.lines (seq bigserial PRIMARY KEY, tab text NOT NULL, line jsonb NOT NULL)",
    """CREATE FUNCTION trail.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO trail.lines (tab, line) VALUES (TG_TABLE_NAME, to_jsonb(NEW)); RETURN NULL;
    END $$""",
    *(
        f"CREATE TRIGGER trail AFTER INSERT OR UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION trail.note()"
        for table in _WATCHED
    ),
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was after its `seq`-th change; `act` is the turn of the clock it belongs to."""

    seq: int
    table: str
    row: Row


@dataclass(frozen=True, slots=True)
class Trail:
    """All that is left of the days; moments are aware, in UTC.

    `moments` pairs the number of the last line with the moment it was written by; in `pause` the
    ticker was down.
    """

    lines: Sequence[Line]
    moments: Sequence[tuple[int, datetime]]
    events: Sequence[Row]
    decisions: Sequence[Row]
    outbox: Sequence[Row]
    begin: datetime
    end: datetime
    ticks: Sequence[datetime]
    pause: tuple[datetime, datetime]

    def of(self, table: str) -> list[Line]:
        """The lines of a table, in the order they were written."""
        return [each for each in self.lines if each.table == table]

    def numbers(self) -> dict[str, str]:
        """The tickets' numbers by their ids."""
        return {each.row["id"]: each.row["number"] for each in self.of("tickets")}

    def history(self) -> dict[str, list[Row]]:
        """What happened to each ticket, by its id, in order."""
        found: dict[str, list[Row]] = {}
        for each in self.events:
            found.setdefault(each["ticket_id"], []).append(each)
        return found


async def watch(library: Database) -> None:
    """Have every change of the desk's rows noted, by the database itself."""
    async with library.reading() as connection:
        for statement in _MAKE:
            await connection.exec_driver_sql(statement)


async def read(
    library: Database,
    moments: Sequence[tuple[int, datetime]],
    times: tuple[datetime, datetime],
    ticks: Sequence[datetime],
    pause: tuple[datetime, datetime],
) -> Trail:
    """Read all of it, when the days are over."""
    async with library.reading() as connection:

        async def rows(statement: str) -> list[Row]:
            found = await connection.execute(text(statement))
            return [dict(each) for each in found.mappings()]

        lines = await rows("SELECT seq, tab, line FROM trail.lines ORDER BY seq")
        return Trail(
            lines=[Line(each["seq"], each["tab"], each["line"]) for each in lines],
            moments=moments,
            events=[
                {**each, "ticket_id": str(each["ticket_id"])}
                for each in await rows("SELECT * FROM ticket_events ORDER BY id")
            ],
            decisions=[
                {**each, "ticket_id": str(each["ticket_id"])}
                for each in await rows("SELECT * FROM assignments ORDER BY id")
            ],
            outbox=await rows("SELECT sequence, kind, body, state FROM outbox ORDER BY sequence"),
            begin=times[0],
            end=times[1],
            ticks=ticks,
            pause=pause,
        )
