"""What customers ask about is kept by day, so that orders can be told to have come of it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.create_table(
        "product_consults",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_product_consults_conversation_id_conversations"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_product_consults_customer_id_customers"),
        ),
        sa.PrimaryKeyConstraint(
            "customer_id", "shop", "item", "day", name=op.f("pk_product_consults")
        ),
    )
    op.create_index(
        op.f("ix_product_consults_shop_item_asked_at"),
        "product_consults",
        ["shop", "item", "asked_at"],
    )
    op.add_column(
        "shop_orders",
        sa.Column("items", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.create_index(op.f("ix_shop_orders_created_at"), "shop_orders", ["created_at"])
    op.create_index(op.f("ix_shop_orders_number"), "shop_orders", ["number"])
