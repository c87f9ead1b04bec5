"""The tables of parcels: sent orders that are to be asked for them, and those that are followed."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Uuid, text

from desk.store.columns import Words, moment, value, words
from desk.store.schema import metadata

sent_orders = Table(
    "sent_orders",
    metadata,
    Column("shop", Words, primary_key=True),
    Column("number", Words, primary_key=True),
    moment("shipped_at", optional=True),
    moment("ask_at", optional=True),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Index(None, "ask_at", postgresql_where=text("ask_at IS NOT NULL")),
)
"""`ask_at` None: its parcels are known."""

parcels = Table(
    "parcels",
    metadata,
    Column("shop", Words, primary_key=True),
    Column("order_no", Words, primary_key=True),
    Column("number", Words, primary_key=True),
    words("company"),
    words("status"),
    moment("last_scan_at", optional=True),
    value("content"),
    words("origin"),
    words("destination"),
    moment("shipped_at", optional=True),
    words("tracker"),
    Column("subscriptions", Integer, nullable=False),
    moment("subscribed_at", optional=True),
    moment("subscribe_at", optional=True),
    moment("look_at", optional=True),
    moment("check_at", optional=True),
    moment("followed_until"),
    words("stuck_why"),
    moment("stuck_since", optional=True),
    moment("stuck_found_at", optional=True),
    Column("stuck_told_in", Uuid, nullable=True),
    Column("stuck_noted", Boolean, nullable=False),
    Column("told_customer", Uuid, nullable=True),
    moment("told_at", optional=True),
    moment("delivered_at", optional=True),
    moment("seen_at"),
    Index(None, "number"),
    Index(None, "subscribe_at", postgresql_where=text("subscribe_at IS NOT NULL")),
    Index(None, "look_at", postgresql_where=text("look_at IS NOT NULL")),
    Index(None, "check_at", postgresql_where=text("check_at IS NOT NULL")),
    Index(None, "delivered_at", postgresql_where=text("delivered_at IS NOT NULL")),
    Index(None, "told_customer", "told_at", postgresql_where=text("told_at IS NOT NULL")),
)
"""`content` is the parcel with its scans as the codec of answers writes it.

The silence that was found last stands in `stuck_*` ("" for none), see `desk.parcels.model`; who
was told of the parcel last, and when, stays after it in `told_*`.
"""
