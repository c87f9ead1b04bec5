"""Who is there, who was asked to take a ticket, why they were chosen, and surges."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AT = sa.TIMESTAMP(timezone=True)
OFFERED = "ticket_offers.state IN ('asked', 'waiting')"


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    _presences()
    _ticket_offers()
    _assignments()
    _surges()


def _presences() -> None:
    op.create_table(
        "presences",
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", AT, nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('on_duty', 'busy', 'away', 'left')", name=op.f("ck_presences_state")
        ),
        sa.PrimaryKeyConstraint("userid", name=op.f("pk_presences")),
    )


def _ticket_offers() -> None:
    op.create_table(
        "ticket_offers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("due_at", AT, nullable=False),
        sa.Column("settled_at", AT, nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'waiting', 'taken', 'returned', 'timed_out', 'withdrawn')",
            name=op.f("ck_ticket_offers_state"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_offers_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_offers")),
    )
    offered = sa.text(OFFERED)
    op.create_index("ix_ticket_offers_due", "ticket_offers", ["due_at"], postgresql_where=offered)
    op.create_index(
        "ix_ticket_offers_open",
        "ticket_offers",
        ["ticket_id"],
        unique=True,
        postgresql_where=offered,
    )
    op.create_index(
        "ix_ticket_offers_asked",
        "ticket_offers",
        ["userid"],
        postgresql_where=sa.text("ticket_offers.state = 'asked'"),
    )
    op.create_index(
        "ix_ticket_offers_let_go",
        "ticket_offers",
        ["userid", "settled_at"],
        postgresql_where=sa.text("ticket_offers.state IN ('returned', 'timed_out')"),
    )
    for columns in (["ticket_id", "sequence"], ["userid", "sequence"]):
        name = f"ix_ticket_offers_{'_'.join(columns)}"
        op.create_index(op.f(name), "ticket_offers", columns)


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", AT, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("winner", sa.Text(), nullable=False),
        sa.Column("judged", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_assignments_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_ticket_id_id"), "assignments", ["ticket_id", "id"])


def _surges() -> None:
    op.create_table(
        "surges",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("started_at", AT, nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surges")),
    )
    op.create_index(
        "ix_surges_open",
        "surges",
        [sa.text("(true)")],
        unique=True,
        postgresql_where=sa.text("surges.ended_at IS NULL"),
    )
