"""Shops' pushes are kept, orders, refunds and stock are booked, pulls remember how far they got."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.create_table(
        "shop_differences",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("flaw", sa.Text(), nullable=False),
        sa.Column("ours", sa.Text(), nullable=False),
        sa.Column("theirs", sa.Text(), nullable=False),
        sa.Column("found_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_differences")),
    )
    op.create_index(op.f("ix_shop_differences_found_at"), "shop_differences", ["found_at"])
    op.create_table(
        "shop_orders",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("buyer", sa.Text(), nullable=False),
        sa.Column("unionid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("payment", sa.BigInteger(), nullable=False),
        sa.Column("tags", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("seen_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shop", "number", name=op.f("pk_shop_orders")),
    )
    op.create_index(
        op.f("ix_shop_orders_shop_buyer_created_at"),
        "shop_orders",
        ["shop", "buyer", "created_at"],
        postgresql_where=sa.text("shop_orders.buyer <> ''"),
    )
    op.create_index(op.f("ix_shop_orders_shop_updated_at"), "shop_orders", ["shop", "updated_at"])
    op.create_index(
        op.f("ix_shop_orders_unionid"),
        "shop_orders",
        ["unionid"],
        postgresql_where=sa.text("shop_orders.unionid <> ''"),
    )
    op.create_table(
        "shop_pulls",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("done_until", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("last_success", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("leased_until", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("shop", name=op.f("pk_shop_pulls")),
    )
    op.create_table(
        "shop_pushes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("reads", sa.Text(), nullable=False),
        sa.Column("reads_id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("finished_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'done', 'noted', 'dead')", name=op.f("ck_shop_pushes_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_pushes")),
        sa.UniqueConstraint("shop", "event_id", name=op.f("uq_shop_pushes_shop_event_id")),
    )
    op.create_index(
        "ix_shop_pushes_due",
        "shop_pushes",
        ["due_at", "sequence"],
        postgresql_where=sa.text("shop_pushes.state = 'pending'"),
    )
    op.create_index(op.f("ix_shop_pushes_shop_received_at"), "shop_pushes", ["shop", "received_at"])
    op.create_index(
        "ix_shop_pushes_subject",
        "shop_pushes",
        ["shop", "reads", "reads_id"],
        postgresql_where=sa.text("shop_pushes.state = 'pending'"),
    )
    op.create_table(
        "shop_refunds",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("refund_id", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("first_seen_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shop", "refund_id", name=op.f("pk_shop_refunds")),
    )
    op.create_index(op.f("ix_shop_refunds_shop_order_no"), "shop_refunds", ["shop", "order_no"])
    op.create_table(
        "shop_stock",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("seen_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shop", "item", name=op.f("pk_shop_stock")),
    )
    op.create_table(
        "shop_tokens",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("kept_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_shop_tokens")),
    )
