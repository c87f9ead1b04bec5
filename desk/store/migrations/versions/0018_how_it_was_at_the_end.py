"""A rating may be about a ticket, once; the addresses of a ticket's page can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.add_column(
        "tickets",
        sa.Column("link_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column("ratings", sa.Column("ticket_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_ratings_ticket_id_tickets"), "ratings", "tickets", ["ticket_id"], ["id"]
    )
    op.create_index(
        op.f("ix_ratings_ticket_id"),
        "ratings",
        ["ticket_id"],
        unique=True,
        postgresql_where=sa.text("ticket_id IS NOT NULL"),
    )
