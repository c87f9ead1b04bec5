"""What merchants' rules did, and for whom their windows are taken."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from desk.store.columns import Words, key, moment, words
from desk.store.schema import metadata

ABOUT_SOMETHING = "rule_runs.subject <> ''"

rule_runs = Table(
    "rule_runs",
    metadata,
    key(),
    words("rule"),
    words("happening"),
    moment("ran_at"),
    words("subject", ""),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=True),
    words("ended"),
    Column("did", JSONB, nullable=False, server_default=text("'[]'")),
    words("note", ""),
    Column("chain", Integer, nullable=False),
    Column("caused_by", Uuid, nullable=True),
    Index(None, "rule", "ran_at"),
    Index("ix_rule_runs_subject", "subject", "ran_at", postgresql_where=text(ABOUT_SOMETHING)),
    Index(None, "customer_id", "ran_at"),
    Index(None, "ran_at"),
)
"""`subject` is the number of a ticket or order; `did` pairs of what was done and to what."""

rule_windows = Table(
    "rule_windows",
    metadata,
    Column("rule", Words, primary_key=True),
    Column("subject", Words, primary_key=True),
    moment("ends_at"),
    Index(None, "ends_at"),
)
"""A rule does not run again for a subject before its window ends."""
