"""Who wants to hear when something is back, and when its stock is looked at next."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    waits = sa.text("state = 'waiting'")
    op.create_table(
        "restock_wishes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("items", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("wanted", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told_of", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_restock_wishes_conversation_id_conversations"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_restock_wishes_customer_id_customers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restock_wishes")),
    )
    op.create_index(
        op.f("ix_restock_wishes_items"),
        "restock_wishes",
        ["items"],
        postgresql_using="gin",
        postgresql_where=waits,
    )
    op.create_index(
        op.f("ix_restock_wishes_asked_at"),
        "restock_wishes",
        ["asked_at"],
        postgresql_where=waits,
    )
    op.create_index(op.f("ix_restock_wishes_customer_id"), "restock_wishes", ["customer_id"])
    op.create_index(
        op.f("ix_restock_wishes_told_of_ended_at"),
        "restock_wishes",
        ["told_of", "ended_at"],
        postgresql_where=sa.text("told_of <> ''"),
    )
    op.create_table(
        "awaited_items",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("look_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shop", "item", name=op.f("pk_awaited_items")),
    )
    op.create_index(op.f("ix_awaited_items_look_at"), "awaited_items", ["look_at"])
