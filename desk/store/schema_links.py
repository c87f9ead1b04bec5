"""Which tickets have to do with which."""

from sqlalchemy import Column, ForeignKey, Index, Table, Uuid

from desk.store.columns import moment, words
from desk.store.schema import metadata

ticket_links = Table(
    "ticket_links",
    metadata,
    Column("ticket_id", Uuid, ForeignKey("tickets.id"), primary_key=True),
    Column("other_id", Uuid, ForeignKey("tickets.id"), primary_key=True),
    words("how"),
    words("linked_by"),
    moment("linked_at"),
    Index(None, "other_id"),
)
"""Two tickets are linked at most once, in one direction: `ticket_id` is because of `other_id`."""
