"""Open tickets are found by the order that they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.create_index(
        "ix_tickets_order_unsolved",
        "tickets",
        ["order_no"],
        unique=False,
        postgresql_where=sa.text("tickets.state NOT IN ('solved', 'closed')"),
    )
