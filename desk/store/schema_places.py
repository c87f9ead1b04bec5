"""The tables of routing: group leaders, and where each ticket was put and why."""

from typing import Any

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Uuid, text

from desk.store.columns import key, moment, words
from desk.store.schema import metadata

LEADS = "group_leaders.ended_at IS NULL"

group_leaders = Table(
    "group_leaders",
    metadata,
    key(),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    words("warehouse"),
    moment("marked_at"),
    words("marked_by"),
    moment("ended_at", optional=True),
    words("ended_by", ""),
    Index("ix_group_leaders_now", "customer_id", unique=True, postgresql_where=text(LEADS)),
    Index(None, "marked_at"),
)
"""A row for each time that somebody was marked; it stays when that ends."""


def _found(name: str) -> tuple[Column[Any], ...]:
    return (
        words(name),
        words(f"{name}_by"),
        Column(f"{name}_km", Float, nullable=True),
        words(f"{name}_word"),
    )


ticket_placements = Table(
    "ticket_placements",
    metadata,
    Column("ticket_id", Uuid, ForeignKey("tickets.id"), primary_key=True),
    moment("placed_at"),
    *(column for name in ("store", "region", "goods", "warehouse") for column in _found(name)),
    *(words(name) for name in ("tier", "route", "lane", "skill")),
    Column("line", Integer, nullable=False),
    Column("leader", Boolean, nullable=False),
)
"""`<thing>_by` tells how it was found, `<thing>_km` how far from the customer's place it is."""
