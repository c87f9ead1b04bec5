"""Deadlines of tickets are rows, found by when they are due; tickets wait, and are closed."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

UNSOLVED = "tickets.state NOT IN ('solved', 'closed')"

# Tickets that are at work already are watched from now on; of those that were late before this,
# people have been reading in their lists: nobody is told of them all at once.
WATCHED = """
INSERT INTO ticket_deadlines (ticket_id, which, counting, within, time_left, since, due_at, warn_at,
  breached_at, look_at)
SELECT id, 'solution', 'attended', due_at - opened_at, due_at - opened_at, opened_at, due_at,
  opened_at + (due_at - opened_at) * 0.75,
  CASE WHEN due_at <= now() THEN due_at END,
  CASE WHEN due_at > now() THEN opened_at + (due_at - opened_at) * 0.75 END
FROM tickets WHERE state <> 'solved'
"""


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    _deadlines()
    _climbs()
    op.drop_index("ix_tickets_unsolved", "tickets")
    op.drop_index("ix_tickets_owner_unsolved", "tickets")
    for name, columns in (
        ("ix_tickets_unsolved", ["due_at"]),
        ("ix_tickets_owner_unsolved", ["owner", "due_at"]),
    ):
        op.create_index(name, "tickets", columns, postgresql_where=sa.text(UNSOLVED))
    op.execute(WATCHED)


def _deadlines() -> None:
    op.create_table(
        "ticket_deadlines",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("which", sa.Text(), nullable=False),
        sa.Column("counting", sa.Text(), nullable=False),
        sa.Column("within", sa.Interval(), nullable=False),
        sa.Column("time_left", sa.Interval(), nullable=False),
        *(_moment(name, optional=False) for name in ("since", "due_at", "warn_at")),
        *(
            _moment(name, optional=True)
            for name in ("paused_at", "warned_at", "breached_at", "met_at", "look_at")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_deadlines_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "which", name=op.f("pk_ticket_deadlines")),
    )
    op.create_index(
        "ix_ticket_deadlines_look_at",
        "ticket_deadlines",
        ["look_at"],
        postgresql_where=sa.text("ticket_deadlines.look_at IS NOT NULL"),
    )


def _climbs() -> None:
    op.create_table(
        "ticket_climbs",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("ladder", sa.Text(), nullable=False),
        _moment("anchor", optional=False),
        sa.Column("step", sa.Integer(), nullable=False),
        _moment("next_at", optional=True),
        sa.Column("stopped_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_climbs_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "ladder", name=op.f("pk_ticket_climbs")),
    )
    op.create_index(
        "ix_ticket_climbs_next_at",
        "ticket_climbs",
        ["next_at"],
        postgresql_where=sa.text("ticket_climbs.next_at IS NOT NULL"),
    )


def _moment(name: str, *, optional: bool) -> sa.Column[datetime]:
    return sa.Column(name, sa.TIMESTAMP(timezone=True), nullable=optional)
