"""Tickets and what happened to them."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from desk.store.columns import Words, key, moment, words
from desk.store.schema import metadata

# The same words stand in queries and in index predicates, see schema.py.
UNSOLVED = "tickets.state NOT IN ('solved', 'closed')"
SOLVED = "tickets.state = 'solved'"
MERGED = "tickets.merged_into <> ''"


def _owned_by(table: str, name: str) -> Column[object]:
    return Column(name, Uuid, ForeignKey(f"{table}.id"), nullable=True)


def _several(name: str) -> Column[object]:
    return Column(name, ARRAY(Words), nullable=False, server_default=text("'{}'"))


tickets = Table(
    "tickets",
    metadata,
    key(),
    Column("number", Words, nullable=False, unique=True),
    words("kind"),
    words("priority"),
    words("state"),
    _owned_by("customers", "customer_id"),
    _owned_by("conversations", "conversation_id"),
    _owned_by("inbox", "source"),
    words("shop"),
    words("order_no"),
    words("summary"),
    words("owner"),
    moment("opened_at"),
    moment("taken_at", optional=True),
    moment("solved_at", optional=True),
    moment("due_at"),
    Column("version", Integer, nullable=False),
    words("template", ""),
    Column("template_version", Integer, nullable=False, server_default=text("0")),
    words("step", ""),
    Column("fields", JSONB, nullable=False, server_default=text("'{}'")),
    *(words(name, "") for name in ("store", "region", "product_type", "merged_into")),
    *(_several(name) for name in ("tags", "watchers")),
    Column("link_version", Integer, nullable=False, server_default=text("0")),
    Column("hands", Integer, nullable=False, server_default=text("0")),
    Index(None, "customer_id", "opened_at"),
    Index("ix_tickets_unsolved", "due_at", postgresql_where=text(UNSOLVED)),
    Index("ix_tickets_owner_unsolved", "owner", "due_at", postgresql_where=text(UNSOLVED)),
    Index("ix_tickets_store_unsolved", "store", "due_at", postgresql_where=text(UNSOLVED)),
    Index("ix_tickets_order_unsolved", "order_no", postgresql_where=text(UNSOLVED)),
    Index(None, "opened_at"),
    Index(None, "solved_at", postgresql_where=text("solved_at IS NOT NULL")),
    Index("ix_tickets_to_close", "solved_at", postgresql_where=text(SOLVED)),
    Index("ix_tickets_merged_into", "merged_into", postgresql_where=text(MERGED)),
    Index(
        "ix_tickets_tags_unsolved",
        "tags",
        postgresql_using="gin",
        postgresql_where=text(UNSOLVED),
    ),
)

ticket_numbers = Table(
    "ticket_numbers",
    metadata,
    Column("day", Date, primary_key=True),
    Column("last", Integer, nullable=False),
)

ticket_events = Table(
    "ticket_events",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("ticket_id", Uuid, ForeignKey("tickets.id"), nullable=False),
    moment("happened_at"),
    words("actor"),
    words("what"),
    words("note"),
    Index(None, "ticket_id", "id"),
)
