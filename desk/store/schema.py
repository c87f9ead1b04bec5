"""The tables. Partial indexes keep the cost of work by what is due, however much is stored."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)

from desk.store.columns import Words, key, moment, value, words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The same words stand in queries and in index predicates: a bound parameter could not be proven
# to fit a partial index.
WAITING = "inbox.state = 'pending'"
UNFINISHED = "outbox.state IN ('pending', 'unknown')"
CLAIMABLE = f"outbox.head AND {UNFINISHED}"
UNLINED = "outbox.unlined"
FAILED_PROOF = "NOT link_attempts.succeeded"
OPEN_REVIEW = "reviews.state = 'open'"
PROMISED = "reviews.promised AND reviews.handed_over_at IS NULL"
TO_EXPORT = "reviews.state = 'corrected' AND reviews.exported_at IS NULL"
SAID = "inbox.kind IN ('text', 'media')"
FROM_CUSTOMER = (
    "inbox.channel = 'wecom_kf' AND inbox.kind IN ('text', 'media') AND NOT inbox.historic"
)


def _owned_by(table: str, *, name: str = "", optional: bool = False) -> Column[object]:
    column = name or f"{table.removesuffix('s')}_id"
    return Column(column, Uuid, ForeignKey(f"{table}.id"), nullable=optional)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _sequence() -> Column[int]:
    return Column("sequence", BigInteger, Identity(always=True), nullable=False)


customers = Table(
    "customers",
    metadata,
    key(),
    words("nickname", ""),
    moment("created_at"),
    moment("asked_not_to_push_at", optional=True),
    _owned_by("customers", name="merged_into", optional=True),
    Index(None, "merged_into", postgresql_where=text("merged_into IS NOT NULL")),
)
"""One person is all customers that lead to one head by `merged_into`: `person(id)` gives them."""

Index(
    "ix_customers_nickname",
    func.lower(customers.c.nickname).label("spelled"),
    postgresql_ops={"spelled": "text_pattern_ops"},
)
"""For the beginnings of nicknames, whatever the database's collation."""

identities = Table(
    "identities",
    metadata,
    Column("namespace", Words, primary_key=True),
    Column("value", Words, primary_key=True),
    _owned_by("customers"),
    words("evidence"),
    moment("linked_at"),
    words("linked_by", ""),
    Index(None, "customer_id"),
)
"""Names of a customer outside, each owned once: ("external_userid", …), ("shop:<id>", buyer)."""

viewed_items = Table(
    "viewed_items",
    metadata,
    Column("customer_id", Uuid, ForeignKey("customers.id"), primary_key=True),
    Column("shop", Words, primary_key=True),
    Column("item", Words, primary_key=True),
    words("title"),
    moment("viewed_at"),
    Index(None, "customer_id", "viewed_at"),
)

link_attempts = Table(
    "link_attempts",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _owned_by("customers"),
    words("order_no"),
    moment("tried_at"),
    Column("succeeded", Boolean, nullable=False),
    Index(None, "customer_id", "tried_at", postgresql_where=text(FAILED_PROOF)),
    Index(None, "order_no", "tried_at", postgresql_where=text(FAILED_PROOF)),
    Index(None, "tried_at", postgresql_where=text(FAILED_PROOF)),
)

conversations = Table(
    "conversations",
    metadata,
    key(),
    Column("key", Words, nullable=False, unique=True),
    words("channel"),
    words("account"),
    words("person"),
    _owned_by("customers", optional=True),
    value("dialogue"),
    Column("session", SmallInteger, nullable=False, server_default=text("0")),
    words("servicer", ""),
    moment("last_heard_at", optional=True),
    _count("sent_since"),
    Column("lease_token", Text),
    moment("leased_until", optional=True),
    moment("wake_at", optional=True),
    moment("created_at"),
    Index(None, "customer_id", postgresql_where=text("customer_id IS NOT NULL")),
    Index(None, "wake_at", postgresql_where=text("wake_at IS NOT NULL")),
)
"""`wake_at` is when a worker should look: the oldest waiting row's due moment, or the end of a
lease while there is one; null when nothing waits."""

inbox = Table(
    "inbox",
    metadata,
    key(),
    _sequence(),
    _owned_by("conversations"),
    words("channel"),
    words("external_id"),
    words("kind"),
    value("content"),
    moment("sent_at"),
    moment("received_at"),
    _flag("historic"),
    Column("state", Text, nullable=False, server_default="pending"),
    moment("due_at"),
    _count("attempts"),
    words("error", ""),
    moment("finished_at", optional=True),
    UniqueConstraint("channel", "external_id"),
    CheckConstraint("state IN ('pending', 'done', 'dead')", name="state"),
    Index("ix_inbox_waiting", "conversation_id", "sequence", postgresql_where=text(WAITING)),
    Index("ix_inbox_from_customer", "sent_at", postgresql_where=text(FROM_CUSTOMER)),
    Index("ix_inbox_said", "conversation_id", "sent_at", postgresql_where=text(SAID)),
    Index("ix_inbox_dead", "finished_at", postgresql_where=text("inbox.state = 'dead'")),
)

turns = Table(
    "turns",
    metadata,
    Column("inbox_id", Uuid, ForeignKey("inbox.id"), primary_key=True),
    words("intent"),
    Column("confidence", Float, nullable=False),
    words("source"),
    Column("missing", ARRAY(Words), nullable=False),
    moment("noted_at"),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    _sequence(),
    words("lane"),
    words("kind"),
    value("body"),
    _owned_by("inbox", name="cause", optional=True),
    Column("urgent", Boolean, nullable=False),
    moment("expires_at", optional=True),
    moment("due_at"),
    Column("state", Text, nullable=False, server_default="pending"),
    _flag("head"),
    Column("unlined", Boolean, nullable=False, server_default=text("true")),
    moment("wake_at"),
    moment("claimed_until", optional=True),
    _count("attempts"),
    _flag("doubtful"),
    _flag("budgeted"),
    words("error", ""),
    value("receipt"),
    moment("created_at"),
    moment("finished_at", optional=True),
    CheckConstraint("state IN ('pending', 'unknown', 'sent', 'unroutable', 'dead')", name="state"),
    Index("ix_outbox_unlined", "sequence", postgresql_where=text(UNLINED)),
    Index("ix_outbox_lane", "lane", "sequence", postgresql_where=text(UNFINISHED)),
    Index(None, "cause", postgresql_where=text("cause IS NOT NULL")),
    Index(
        "ix_outbox_stuck",
        "finished_at",
        postgresql_where=text("outbox.state IN ('unroutable', 'dead')"),
    ),
    Index(
        "ix_outbox_handed_over",
        "created_at",
        postgresql_where=text("outbox.kind = 'pass_to_person'"),
    ),
)
"""`head` marks the row whose turn it is in its lane, `wake_at` when it may be claimed, `unlined`
that its lane has to be looked at since the row was added or finished."""

Index(
    "ix_outbox_claimable",
    outbox.c.urgent.desc(),
    outbox.c.wake_at,
    postgresql_where=text(CLAIMABLE),
)

cards = Table(
    "cards",
    metadata,
    Column("task", Words, primary_key=True),
    Column("recipients", ARRAY(Words), nullable=False),
    Column("response_code", Words),
    moment("code_at"),
)

pulls = Table(
    "pulls",
    metadata,
    Column("account", Words, primary_key=True),
    Column("next_cursor", Words),
    words("knock", ""),
    moment("knocked_at", optional=True),
    _count("rung"),
    _count("covered"),
    moment("pulled_at", optional=True),
    moment("retry_at", optional=True),
    Column("lease_token", Text),
    moment("leased_until", optional=True),
)

grants = Table(
    "grants",
    metadata,
    key(),
    _owned_by("customers"),
    _owned_by("conversations"),
    words("policy"),
    words("subject"),
    words("shop"),
    words("buyer"),
    words("state"),
    words("code"),
    moment("asked_at"),
    moment("settled_at", optional=True),
    UniqueConstraint("customer_id", "policy", "subject"),
    Index("ix_grants_issued", "settled_at", postgresql_where=text("grants.state = 'issued'")),
)

digests = Table(
    "digests",
    metadata,
    Column("digest", Words, primary_key=True),
    Column("period", Words, primary_key=True),
    moment("claimed_at"),
)

reviews = Table(
    "reviews",
    metadata,
    key(),
    Column("number", BigInteger, Identity(always=True), nullable=False, unique=True),
    words("kind"),
    _owned_by("conversations"),
    _owned_by("customers"),
    Column("said", ARRAY(Uuid), nullable=False),
    words("intent"),
    Column("confidence", Float, nullable=False),
    Column("alternatives", ARRAY(Words), nullable=False),
    _flag("promised"),
    moment("kept_at"),
    words("state"),
    *(words(name, "") for name in ("corrected", "settled_by", "answered_by")),
    *(
        moment(f"{step}_at", optional=True)
        for step in ("settled", "put_off", "answered", "handed_over", "exported")
    ),
    Index("ix_reviews_open", "number", postgresql_where=text(OPEN_REVIEW)),
    Index("ix_reviews_promised", "number", postgresql_where=text(PROMISED)),
    Index("ix_reviews_to_export", "number", postgresql_where=text(TO_EXPORT)),
)

ratings = Table(
    "ratings",
    metadata,
    key(),
    _owned_by("conversations"),
    _owned_by("customers"),
    words("servicer"),
    moment("asked_at"),
    Column("score", SmallInteger),
    words("words", ""),
    moment("rated_at", optional=True),
    Column("ticket_id", Uuid, ForeignKey("tickets.id")),
    CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    Index(None, "conversation_id", "asked_at"),
    Index(None, "ticket_id", unique=True, postgresql_where=text("ticket_id IS NOT NULL")),
    Index(None, "rated_at", postgresql_where=text("rated_at IS NOT NULL")),
)

product_aliases = Table(
    "product_aliases",
    metadata,
    Column("name", Words, primary_key=True),
    words("words"),
    words("shop"),
    words("item"),
    words("taught_by"),
    moment("taught_at"),
)
"""`words` of titles, or `shop` and `item`; the others are empty."""

product_picks = Table(
    "product_picks",
    metadata,
    Column("wording", Words, primary_key=True),
    Column("customer_id", Uuid, ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True),
    Column("shop", Words, primary_key=True),
    Column("item", Words, primary_key=True),
    Column("meant", Boolean, nullable=False),
    moment("picked_at"),
    Index(None, "customer_id"),
)
"""A customer's picks go with the customer."""
