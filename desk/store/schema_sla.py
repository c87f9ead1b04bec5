"""The tables of promised times. A row is found by when it has to be looked at next."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Interval, Table, Uuid, text

from desk.store.columns import Words, moment, words
from desk.store.schema import metadata

WATCHED = "ticket_deadlines.look_at IS NOT NULL"
CLIMBING = "ticket_climbs.next_at IS NOT NULL"

ticket_deadlines = Table(
    "ticket_deadlines",
    metadata,
    Column("ticket_id", Uuid, ForeignKey("tickets.id"), primary_key=True),
    Column("which", Words, primary_key=True),
    words("counting"),
    Column("within", Interval, nullable=False),
    Column("time_left", Interval, nullable=False),
    moment("since"),
    moment("due_at"),
    moment("warn_at"),
    moment("paused_at", optional=True),
    moment("warned_at", optional=True),
    moment("breached_at", optional=True),
    moment("met_at", optional=True),
    moment("look_at", optional=True),
    Index("ix_ticket_deadlines_look_at", "look_at", postgresql_where=text(WATCHED)),
)
"""`time_left` was left at `since`; `look_at` is empty where nobody has to look any more."""

ticket_climbs = Table(
    "ticket_climbs",
    metadata,
    Column("ticket_id", Uuid, ForeignKey("tickets.id"), primary_key=True),
    Column("ladder", Words, primary_key=True),
    moment("anchor"),
    Column("step", Integer, nullable=False),
    moment("next_at", optional=True),
    words("stopped_by", ""),
    Index("ix_ticket_climbs_next_at", "next_at", postgresql_where=text(CLIMBING)),
)
