"""Nicknames are looked for by their beginning."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.create_index(
        "ix_customers_nickname",
        "customers",
        [sa.literal_column("lower(nickname)").label("spelled")],
        unique=False,
        postgresql_ops={"spelled": "text_pattern_ops"},
    )
