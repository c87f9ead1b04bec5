"""The tables of who is who: proofs, merges, pairs kept apart, suggestions, shared phones.

Whoever opens the books has read this file; so the migrations know these tables too.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from desk.store.columns import Words, moment, words
from desk.store.schema import metadata

STANDING = "customer_merges.undone_at IS NULL"
OPEN_SUGGESTION = "customer_suggestions.state = 'open'"


def _customer(name: str, *, primary_key: bool = False) -> Column[object]:
    return Column(name, Uuid, ForeignKey("customers.id"), nullable=False, primary_key=primary_key)


order_proofs = Table(
    "order_proofs",
    metadata,
    Column("conversation_id", Uuid, ForeignKey("conversations.id"), primary_key=True),
    Column("shop", Words, primary_key=True),
    Column("order_no", Words, primary_key=True),
    _customer("customer_id"),
    words("buyer", ""),
    moment("proven_at"),
    moment("expires_at"),
    Index(None, "customer_id", "proven_at"),
    Index(None, "shop", "order_no"),
)
"""An order that is open in a conversation until it expires; `buyer` is empty where it is hidden."""

customer_merges = Table(
    "customer_merges",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _customer("child"),
    _customer("parent"),
    words("evidence"),
    words("why"),
    words("merged_by"),
    moment("merged_at"),
    moment("undone_at", optional=True),
    words("undone_by", ""),
    Index(None, "child"),
    Index(None, "parent"),
    Index("ix_customer_merges_standing", "child", unique=True, postgresql_where=text(STANDING)),
)
"""Every merge there ever was. A child points at one parent at a time."""

kept_apart = Table(
    "kept_apart",
    metadata,
    _customer("one", primary_key=True),
    _customer("other", primary_key=True),
    words("kept_by"),
    words("why"),
    moment("kept_at"),
    moment("lifted_at", optional=True),
    words("lifted_by", ""),
    Index(None, "other"),
    CheckConstraint("one < other", name="ordered"),
)

customer_suggestions = Table(
    "customer_suggestions",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    _customer("customer_id"),
    words("namespace"),
    words("value"),
    words("evidence"),
    words("about"),
    moment("suggested_at"),
    Column("state", Text, nullable=False, server_default="open"),
    words("settled_by", ""),
    moment("settled_at", optional=True),
    UniqueConstraint("customer_id", "namespace", "value"),
    CheckConstraint("state IN ('open', 'accepted', 'declined')", name="state"),
    Index(
        "ix_customer_suggestions_like",
        "namespace",
        "value",
        postgresql_where=text(OPEN_SUGGESTION),
    ),
)
"""`namespace` and `value` are the name of somebody whom the customer may be."""

customer_phones = Table(
    "customer_phones",
    metadata,
    Column("phone", Words, primary_key=True),
    _customer("customer_id", primary_key=True),
    moment("noted_at"),
    Index(None, "customer_id"),
)
"""Keyed hashes of telephone numbers that customers wrote; several may write the same."""
