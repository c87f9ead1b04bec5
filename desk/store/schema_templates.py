"""The tables of templates: versions, what is in force where, and the log of both."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

from desk.store.columns import Words, moment, value, words
from desk.store.schema import metadata

template_versions = Table(
    "template_versions",
    metadata,
    Column("template", Words, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    words("fingerprint"),
    value("content"),
    words("published_by"),
    moment("published_at"),
    words("note"),
    UniqueConstraint("template", "fingerprint"),
)
"""Rows are only added: a trigger refuses to change or to delete one."""

templates_in_force = Table(
    "templates_in_force",
    metadata,
    Column("template", Words, primary_key=True),
    Column("store", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    words("since_by"),
    moment("since"),
    words("note"),
    ForeignKeyConstraint(
        ("template", "version"), (template_versions.c.template, template_versions.c.version)
    ),
)
"""`store` "" is for all stores without a row of their own."""

template_changes = Table(
    "template_changes",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    words("act"),
    words("template"),
    Column("version", Integer, nullable=False),
    words("store"),
    words("done_by"),
    moment("done_at"),
    words("note"),
    Index(None, "template", "id"),
)
"""Who did what when; rows are only added."""
