"""Group leaders, where each ticket was put and why, and which stores were passed over."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

AT = sa.TIMESTAMP(timezone=True)
LEADS = "group_leaders.ended_at IS NULL"
THINGS = ("store", "region", "goods", "warehouse")


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    _group_leaders()
    _ticket_placements()
    op.add_column(
        "assignments",
        sa.Column("passed", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column(
        "assignments",
        sa.Column("place", sa.Text(), server_default="", nullable=False),
    )
    op.add_column(
        "ticket_offers",
        sa.Column("place_in_line", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.drop_index("ix_ticket_offers_due", table_name="ticket_offers")
    op.create_index(
        "ix_ticket_offers_due",
        "ticket_offers",
        ["due_at", "place_in_line", "sequence"],
        postgresql_where=sa.text("ticket_offers.state IN ('asked', 'waiting')"),
    )


def _group_leaders() -> None:
    op.create_table(
        "group_leaders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse", sa.Text(), nullable=False),
        sa.Column("marked_at", AT, nullable=False),
        sa.Column("marked_by", sa.Text(), nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_group_leaders_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_leaders")),
    )
    op.create_index(
        "ix_group_leaders_now",
        "group_leaders",
        ["customer_id"],
        unique=True,
        postgresql_where=sa.text(LEADS),
    )
    op.create_index(op.f("ix_group_leaders_marked_at"), "group_leaders", ["marked_at"])


def _ticket_placements() -> None:
    found = [column for name in THINGS for column in _found(name)]
    others = [sa.Column(name, sa.Text(), nullable=False) for name in ("tier", "route", "lane")]
    op.create_table(
        "ticket_placements",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("placed_at", AT, nullable=False),
        *found,
        *others,
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("leader", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_placements_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ticket_placements")),
    )


def _found(name: str) -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column(name, sa.Text(), nullable=False),
        sa.Column(f"{name}_by", sa.Text(), nullable=False),
        sa.Column(f"{name}_km", sa.Float(), nullable=True),
        sa.Column(f"{name}_word", sa.Text(), nullable=False),
    )
