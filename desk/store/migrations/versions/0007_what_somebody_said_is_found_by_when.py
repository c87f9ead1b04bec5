"""What a person said is read by conversation and moment, for their timeline."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.create_index(
        "ix_inbox_said",
        "inbox",
        ["conversation_id", "sent_at"],
        postgresql_where=sa.text("inbox.kind IN ('text', 'media')"),
    )
