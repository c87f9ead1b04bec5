"""The tables of the shops' book: pushes, orders, refunds, stock, pulls, differences, tokens."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from desk.store.columns import Words, key, moment, value, words
from desk.store.schema import metadata

PUSH_WAITS = "shop_pushes.state = 'pending'"

shop_pushes = Table(
    "shop_pushes",
    metadata,
    key(),
    Column("sequence", BigInteger, Identity(always=True), nullable=False),
    words("shop"),
    words("event_id"),
    words("kind"),
    words("about"),
    words("subject_id"),
    words("reads"),
    words("reads_id"),
    Column("version", BigInteger, nullable=False),
    words("raw"),
    moment("received_at"),
    Column("state", Text, nullable=False),
    moment("due_at"),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    words("error", ""),
    moment("finished_at", optional=True),
    UniqueConstraint("shop", "event_id"),
    CheckConstraint("state IN ('pending', 'done', 'noted', 'dead')", name="state"),
    Index("ix_shop_pushes_due", "due_at", "sequence", postgresql_where=text(PUSH_WAITS)),
    Index("ix_shop_pushes_subject", "shop", "reads", "reads_id", postgresql_where=text(PUSH_WAITS)),
    Index(None, "shop", "received_at"),
    Index(
        "ix_shop_pushes_finished",
        "finished_at",
        postgresql_where=text("shop_pushes.finished_at IS NOT NULL"),
    ),
)
"""`reads` and `reads_id` say what has to be read again, "" where nothing has (state noted)."""

shop_orders = Table(
    "shop_orders",
    metadata,
    Column("shop", Words, primary_key=True),
    Column("number", Words, primary_key=True),
    words("status"),
    words("buyer"),
    words("unionid"),
    moment("created_at"),
    moment("updated_at"),
    Column("payment", BigInteger, nullable=False),
    Column("tags", ARRAY(Words), nullable=False, server_default=text("'{}'")),
    Column("items", ARRAY(Words), nullable=False, server_default=text("'{}'")),
    value("content"),
    words("raw"),
    words("source"),
    moment("first_seen_at"),
    moment("seen_at"),
    Index(None, "shop", "buyer", "created_at", postgresql_where=text("shop_orders.buyer <> ''")),
    Index(None, "unionid", postgresql_where=text("shop_orders.unionid <> ''")),
    Index(None, "shop", "updated_at"),
    Index(None, "number"),
    Index(None, "created_at"),
)
"""`content` is the order as the codec of answers writes it, `raw` the platform's own words."""

shop_refunds = Table(
    "shop_refunds",
    metadata,
    Column("shop", Words, primary_key=True),
    Column("refund_id", Words, primary_key=True),
    words("order_no"),
    words("status"),
    Column("amount", BigInteger, nullable=False),
    moment("updated_at"),
    moment("first_seen_at"),
    Index(None, "shop", "order_no"),
)

shop_stock = Table(
    "shop_stock",
    metadata,
    Column("shop", Words, primary_key=True),
    Column("item", Words, primary_key=True),
    Column("available", Integer, nullable=False),
    value("content"),
    moment("seen_at"),
)

shop_pulls = Table(
    "shop_pulls",
    metadata,
    Column("shop", Words, primary_key=True),
    moment("done_until"),
    moment("last_success", optional=True),
    moment("due_at"),
    moment("leased_until", optional=True),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    words("error", ""),
)

shop_differences = Table(
    "shop_differences",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    words("shop"),
    words("number"),
    words("flaw"),
    words("ours"),
    words("theirs"),
    moment("found_at"),
    Index(None, "found_at"),
)

shop_tokens = Table(
    "shop_tokens",
    metadata,
    Column("key", Words, primary_key=True),
    words("sealed"),
    moment("expires_at", optional=True),
    moment("kept_at"),
)
"""`sealed`: the token encrypted under DATA_KEY where one is set."""

product_consults = Table(
    "product_consults",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("shop", Words, primary_key=True),
    Column("item", Words, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("conversation_id", Uuid, ForeignKey("conversations.id"), nullable=False),
    words("title"),
    moment("asked_at"),
    Index(None, "shop", "item", "asked_at"),
)
"""One row a day for each customer and item, with the first time they asked."""
