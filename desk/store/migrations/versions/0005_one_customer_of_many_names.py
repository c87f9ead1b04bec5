"""Customers are merged without loss; a right phone tail opens an order in its conversation only."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PERSON = """
CREATE FUNCTION person(customer uuid) RETURNS TABLE (id uuid) LANGUAGE sql STABLE ROWS 2 AS $$
  WITH RECURSIVE above AS (
    SELECT customers.id, customers.merged_into FROM customers WHERE customers.id = customer
    UNION
    SELECT customers.id, customers.merged_into
    FROM above JOIN customers ON customers.id = above.merged_into
  ), below AS (
    SELECT above.id FROM above WHERE above.merged_into IS NULL
    UNION
    SELECT customers.id FROM below JOIN customers ON customers.merged_into = below.id
  )
  SELECT below.id FROM below
$$
"""

# An order that was proven before is open in every conversation of whoever proved it.
PROOFS = """
INSERT INTO order_proofs
  (conversation_id, shop, order_no, customer_id, buyer, proven_at, expires_at)
SELECT conversations.id, shop, order_no, proven_orders.customer_id, '', proven_at,
  proven_at + interval '30 days'
FROM proven_orders JOIN conversations ON conversations.customer_id = proven_orders.customer_id
"""

# A buyer was linked for ever by one right phone tail: now that is for the staff to say.
SUGGESTIONS = """
INSERT INTO customer_suggestions
  (customer_id, namespace, value, evidence, about, suggested_at)
SELECT customer_id, namespace, value, evidence, '', linked_at
FROM identities WHERE evidence = 'order_and_phone' AND namespace LIKE 'shop:%'
ORDER BY linked_at
"""
UNLINKED = "DELETE FROM identities WHERE evidence = 'order_and_phone' AND namespace LIKE 'shop:%'"


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    _customers()
    _proofs()
    _merges()
    _suggestions()
    op.execute(PERSON)
    op.execute(PROOFS)
    op.drop_table("proven_orders")
    op.execute(SUGGESTIONS)
    op.execute(UNLINKED)


def _customers() -> None:
    op.add_column("customers", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_customers_merged_into_customers"),
        "customers",
        "customers",
        ["merged_into"],
        ["id"],
    )
    op.create_index(
        op.f("ix_customers_merged_into"),
        "customers",
        ["merged_into"],
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.add_column(
        "identities", sa.Column("linked_by", sa.Text(), server_default="", nullable=False)
    )
    op.create_table(
        "customer_phones",
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_customer_phones_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("phone", "customer_id", name=op.f("pk_customer_phones")),
    )
    op.create_index(op.f("ix_customer_phones_customer_id"), "customer_phones", ["customer_id"])


def _proofs() -> None:
    op.create_table(
        "order_proofs",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("buyer", sa.Text(), server_default="", nullable=False),
        sa.Column("proven_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_order_proofs_conversation_id_conversations"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_order_proofs_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint(
            "conversation_id", "shop", "order_no", name=op.f("pk_order_proofs")
        ),
    )
    op.create_index(
        op.f("ix_order_proofs_customer_id_proven_at"), "order_proofs", ["customer_id", "proven_at"]
    )


def _merges() -> None:
    op.create_table(
        "customer_merges",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("parent", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("evidence", "why", "merged_by")),
        sa.Column("merged_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("undone_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), server_default="", nullable=False),
        *_of_customers("customer_merges", "child", "parent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_merges")),
    )
    for column in ("child", "parent"):
        op.create_index(op.f(f"ix_customer_merges_{column}"), "customer_merges", [column])
    op.create_index(
        "ix_customer_merges_standing",
        "customer_merges",
        ["child"],
        unique=True,
        postgresql_where=sa.text("customer_merges.undone_at IS NULL"),
    )
    op.create_table(
        "kept_apart",
        sa.Column("one", sa.Uuid(), nullable=False),
        sa.Column("other", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kept_by", "why")),
        sa.Column("kept_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("one < other", name=op.f("ck_kept_apart_ordered")),
        *_of_customers("kept_apart", "one", "other"),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_kept_apart")),
    )
    op.create_index(op.f("ix_kept_apart_other"), "kept_apart", ["other"])


def _suggestions() -> None:
    op.create_table(
        "customer_suggestions",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("namespace", "value", "evidence", "about")
        ),
        sa.Column("suggested_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("settled_by", sa.Text(), server_default="", nullable=False),
        sa.Column("settled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined')", name=op.f("ck_customer_suggestions_state")
        ),
        *_of_customers("customer_suggestions", "customer_id"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_customer_suggestions")),
        sa.UniqueConstraint(
            "customer_id",
            "namespace",
            "value",
            name=op.f("uq_customer_suggestions_customer_id_namespace_value"),
        ),
    )
    op.create_index(
        "ix_customer_suggestions_like",
        "customer_suggestions",
        ["namespace", "value"],
        postgresql_where=sa.text("customer_suggestions.state = 'open'"),
    )


def _of_customers(table: str, *columns: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([each], ["customers.id"], name=op.f(f"fk_{table}_{each}_customers"))
        for each in columns
    )
