"""Notices: whom each warning and each passed limit was told to, and who took note."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN = sa.text("acknowledged_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", IDENTIFIER, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("clock_id", IDENTIFIER, nullable=True),
        sa.Column("detail", JSON_DOCUMENT, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('clock_warning', 'clock_breach', 'clock_unconfirmed', 'clock_disproved', 'record', 'roll_call')",
            name="ck_notice_kind",
        ),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_notice_clock", "notice", ["clock_id"])
    op.create_index("ix_notice_subject", "notice", ["subject_kind", "subject_id"])
    op.create_table(
        "notice_recipient",
        sa.Column("notice_id", IDENTIFIER, nullable=False),
        sa.Column("user_id", IDENTIFIER, nullable=False),
        sa.Column("told_as", JSON_DOCUMENT, nullable=False),
        sa.Column("acknowledged_at", Instant(), nullable=True),
        sa.Column("acknowledged_by", IDENTIFIER, nullable=True),
        sa.Column("told_by_desk", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)", name="ck_notice_recipient_acknowledged"
        ),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("notice_id", "user_id"),
    )
    op.create_index(
        "ix_notice_recipient_open", "notice_recipient", ["user_id"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    op.drop_table("notice_recipient")
    op.drop_table("notice")
