"""Sent orders are asked for their parcels, and parcels are followed to the door."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_DUE = ("subscribe_at", "look_at", "check_at", "delivered_at")


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    _sent_orders()
    _parcels()
    op.create_index(op.f("ix_parcels_number"), "parcels", ["number"])
    for moment in _DUE:
        op.create_index(
            op.f(f"ix_parcels_{moment}"),
            "parcels",
            [moment],
            postgresql_where=sa.text(f"{moment} IS NOT NULL"),
        )
    op.create_index(
        op.f("ix_parcels_told_customer_told_at"),
        "parcels",
        ["told_customer", "told_at"],
        postgresql_where=sa.text("told_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_order_proofs_shop_order_no"), "order_proofs", ["shop", "order_no"])


def _sent_orders() -> None:
    op.create_table(
        "sent_orders",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("shipped_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ask_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("shop", "number", name=op.f("pk_sent_orders")),
    )
    op.create_index(
        op.f("ix_sent_orders_ask_at"),
        "sent_orders",
        ["ask_at"],
        postgresql_where=sa.text("ask_at IS NOT NULL"),
    )


def _parcels() -> None:
    op.create_table(
        "parcels",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("last_scan_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("shipped_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("tracker", sa.Text(), nullable=False),
        sa.Column("subscriptions", sa.Integer(), nullable=False),
        sa.Column("subscribed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("subscribe_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("look_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("check_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("followed_until", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("stuck_why", sa.Text(), nullable=False),
        sa.Column("stuck_since", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("stuck_found_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("stuck_told_in", sa.Uuid(), nullable=True),
        sa.Column("stuck_noted", sa.Boolean(), nullable=False),
        sa.Column("told_customer", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("seen_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shop", "order_no", "number", name=op.f("pk_parcels")),
    )
