"""A decision that turned out wrong is decided again, the former one stays; a person named by mistake is released (1.11)."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accountability_former_decision",
        sa.Column("record_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("referred_to", sa.String(length=200), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_by", IDENTIFIER, nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("contradicted_at", Instant(), nullable=False),
        sa.Column("evidence", JSON_DOCUMENT, nullable=False),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["accountability_record.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("record_id", "number"),
    )
    op.add_column("accountability_person", sa.Column("released_by", IDENTIFIER, nullable=True))
    op.add_column("accountability_person", sa.Column("released_words", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("accountability_person", "released_words")
    op.drop_column("accountability_person", "released_by")
    op.drop_table("accountability_former_decision")
