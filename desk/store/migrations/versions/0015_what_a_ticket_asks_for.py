"""Template, form, step, store and people of a ticket; solved ones are closed after a while."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

UNSOLVED = "tickets.state NOT IN ('solved', 'closed')"
SOLVED = "tickets.state = 'solved'"


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    for name in ("template", "step", "store", "region", "product_type", "merged_into"):
        op.add_column("tickets", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column(
        "tickets",
        sa.Column("template_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column(
        "tickets",
        sa.Column("fields", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
    )
    for name in ("tags", "watchers"):
        op.add_column(
            "tickets",
            sa.Column(
                name, postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
            ),
        )
    op.create_index(
        "ix_tickets_store_unsolved",
        "tickets",
        ["store", "due_at"],
        postgresql_where=sa.text(UNSOLVED),
    )
    op.create_index(
        "ix_tickets_to_close", "tickets", ["solved_at"], postgresql_where=sa.text(SOLVED)
    )
