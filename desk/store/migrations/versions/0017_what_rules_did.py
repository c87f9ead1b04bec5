"""The run log of merchants' rules, and the windows in which they run but once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.create_table(
        "rule_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("happening", sa.Text(), nullable=False),
        sa.Column("ran_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("did", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("caused_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_rule_runs_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_runs")),
    )
    for names in (("rule", "ran_at"), ("customer_id", "ran_at"), ("ran_at",)):
        op.create_index(op.f(f"ix_rule_runs_{'_'.join(names)}"), "rule_runs", list(names))
    op.create_index(
        "ix_rule_runs_subject",
        "rule_runs",
        ["subject", "ran_at"],
        postgresql_where=sa.text("rule_runs.subject <> ''"),
    )
    op.create_table(
        "rule_windows",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("rule", "subject", name=op.f("pk_rule_windows")),
    )
    op.create_index(op.f("ix_rule_windows_ends_at"), "rule_windows", ["ends_at"])
