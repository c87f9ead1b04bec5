"""Tickets are linked and merged; what happened to a ticket is written down for good."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_STANDS = """
CREATE FUNCTION ticket_event_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('zhanggui.erasing', true) = 'on' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'what happened to a ticket is only ever added to';
END $$
"""
_GUARD = """
CREATE TRIGGER ticket_event_stands BEFORE UPDATE OR DELETE ON ticket_events
FOR EACH ROW EXECUTE FUNCTION ticket_event_stands()
"""
"""Who has to erase what a person said sets `zhanggui.erasing` for that transaction alone."""


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    op.create_table(
        "ticket_links",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("linked_by", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_links_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["tickets.id"], name=op.f("fk_ticket_links_other_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "other_id", name=op.f("pk_ticket_links")),
    )
    op.create_index(op.f("ix_ticket_links_other_id"), "ticket_links", ["other_id"])
    op.create_index(
        "ix_tickets_merged_into",
        "tickets",
        ["merged_into"],
        postgresql_where=sa.text("tickets.merged_into <> ''"),
    )
    op.create_index(
        "ix_tickets_tags_unsolved",
        "tickets",
        ["tags"],
        postgresql_using="gin",
        postgresql_where=sa.text("tickets.state NOT IN ('solved', 'closed')"),
    )
    op.execute(_STANDS)
    op.execute(_GUARD)
