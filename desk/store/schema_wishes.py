"""The tables of wishes: who waits for what, and when it is looked at next."""

from sqlalchemy import ARRAY, Column, ForeignKey, Index, Table, Uuid, text

from desk.store.columns import Words, key, moment, words
from desk.store.schema import metadata

WISH_WAITS = "state = 'waiting'"
WISH_TOLD_OF = "told_of <> ''"

restock_wishes = Table(
    "restock_wishes",
    metadata,
    key(),
    Column("customer_id", Uuid, ForeignKey("customers.id"), nullable=False),
    Column("conversation_id", Uuid, ForeignKey("conversations.id"), nullable=False),
    Column("items", ARRAY(Words), nullable=False),
    words("title"),
    Column("wanted", ARRAY(Words), nullable=False),
    moment("asked_at"),
    words("state"),
    words("told_of", ""),
    moment("ended_at", optional=True),
    Index(None, "items", postgresql_using="gin", postgresql_where=text(WISH_WAITS)),
    Index(None, "asked_at", postgresql_where=text(WISH_WAITS)),
    Index(None, "customer_id"),
    Index(None, "told_of", "ended_at", postgresql_where=text(WISH_TOLD_OF)),
)
"""`items` are written `<shop>:<item>`, `told_of` as well: the one whose stock was told."""

awaited_items = Table(
    "awaited_items",
    metadata,
    Column("shop", Words, primary_key=True),
    Column("item", Words, primary_key=True),
    moment("look_at"),
    Index(None, "look_at"),
)
"""The items of all wishes that wait, with the moment of the next look."""
