"""Pushes that were finished long ago are found to be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.create_index(
        "ix_shop_pushes_finished",
        "shop_pushes",
        ["finished_at"],
        postgresql_where=sa.text("finished_at IS NOT NULL"),
    )
