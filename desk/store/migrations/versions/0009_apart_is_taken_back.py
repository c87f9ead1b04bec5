"""That two customers are kept apart can be taken back, and stays on record."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.add_column("kept_apart", sa.Column("lifted_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column(
        "kept_apart", sa.Column("lifted_by", sa.Text(), server_default="", nullable=False)
    )
