"""Templates of tickets: versions that stand, what is in force where, who did it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_STANDS = """
CREATE FUNCTION template_version_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published version of a template stands: % %', OLD.template, OLD.version;
END $$
"""
_GUARD = """
CREATE TRIGGER template_version_stands BEFORE UPDATE OR DELETE ON template_versions
FOR EACH ROW EXECUTE FUNCTION template_version_stands()
"""


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Change the schema; there is no way back but another migration."""
    at = sa.TIMESTAMP(timezone=True)
    op.create_table(
        "template_versions",
        *_words("template"),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        *_words("fingerprint"),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        *_words("published_by"),
        sa.Column("published_at", at, nullable=False),
        *_words("note"),
        sa.PrimaryKeyConstraint("template", "version", name=op.f("pk_template_versions")),
        sa.UniqueConstraint(
            "template", "fingerprint", name=op.f("uq_template_versions_template_fingerprint")
        ),
    )
    op.execute(_STANDS)
    op.execute(_GUARD)
    op.create_table(
        "templates_in_force",
        *_words("template", "store"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_words("since_by"),
        sa.Column("since", at, nullable=False),
        *_words("note"),
        sa.PrimaryKeyConstraint("template", "store", name=op.f("pk_templates_in_force")),
        sa.ForeignKeyConstraint(
            ["template", "version"],
            ["template_versions.template", "template_versions.version"],
            name=op.f("fk_templates_in_force_template_version_template_versions"),
        ),
    )
    op.create_table(
        "template_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        *_words("act", "template"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_words("store", "done_by"),
        sa.Column("done_at", at, nullable=False),
        *_words("note"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_changes")),
    )
    op.create_index(op.f("ix_template_changes_template_id"), "template_changes", ["template", "id"])
