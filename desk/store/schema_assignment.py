"""The tables of assignment: who is there, who was asked, why them, and surges."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Uuid,
    text,
)

from desk.store.columns import Words, key, moment, value, words
from desk.store.schema import metadata

OFFERED = "ticket_offers.state IN ('asked', 'waiting')"
LET_GO = "ticket_offers.state IN ('returned', 'timed_out')"
SURGING = "surges.ended_at IS NULL"

presences = Table(
    "presences",
    metadata,
    Column("userid", Words, primary_key=True),
    words("state"),
    moment("since"),
    words("set_by"),
    CheckConstraint("state IN ('on_duty', 'busy', 'away', 'left')", name="state"),
)
"""Whoever has no row takes work."""

ticket_offers = Table(
    "ticket_offers",
    metadata,
    key(),
    Column("sequence", BigInteger, Identity(always=True), nullable=False),
    Column("ticket_id", Uuid, ForeignKey("tickets.id"), nullable=False),
    words("userid"),
    words("state"),
    words("task"),
    words("skill"),
    moment("asked_at"),
    moment("due_at"),
    moment("settled_at", optional=True),
    words("reason", ""),
    Column("place_in_line", Integer, nullable=False, server_default=text("0")),
    CheckConstraint(
        "state IN ('asked', 'waiting', 'taken', 'returned', 'timed_out', 'withdrawn')",
        name="state",
    ),
    Index(
        "ix_ticket_offers_due",
        "due_at",
        "place_in_line",
        "sequence",
        postgresql_where=text(OFFERED),
    ),
    Index("ix_ticket_offers_open", "ticket_id", unique=True, postgresql_where=text(OFFERED)),
    Index(
        "ix_ticket_offers_asked",
        "userid",
        postgresql_where=text("ticket_offers.state = 'asked'"),
    ),
    Index("ix_ticket_offers_let_go", "userid", "settled_at", postgresql_where=text(LET_GO)),
    Index(None, "ticket_id", "sequence"),
    Index(None, "userid", "sequence"),
)
"""A ticket that nobody has is offered to one at a time; `waiting` (userid "") asks nobody yet.

Of those that are due in the same moment the smallest `place_in_line` is looked at first."""

assignments = Table(
    "assignments",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("ticket_id", Uuid, ForeignKey("tickets.id"), nullable=False),
    moment("decided_at"),
    words("cause"),
    words("decided_by"),
    words("winner"),
    value("judged"),
    words("place", ""),
    Column("passed", ARRAY(Words), nullable=False, server_default=text("'{}'")),
    Index(None, "ticket_id", "id"),
)
"""Decisions, with every candidate as judged; `passed` are the stores where nobody could."""

surges = Table(
    "surges",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    moment("started_at"),
    words("started_by"),
    moment("ended_at", optional=True),
    words("ended_by", ""),
    Index("ix_surges_open", text("(true)"), unique=True, postgresql_where=text(SURGING)),
)
"""One at a time."""
