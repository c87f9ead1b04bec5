"""A ticket knows how often somebody took it."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.add_column(
        "tickets", sa.Column("hands", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
