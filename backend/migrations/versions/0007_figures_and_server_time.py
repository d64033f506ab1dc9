"""Figures of clocks need those of a court by when they started; the server's own clock has its state, events and doubts."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("until IS NULL")
LEVELS = "level IN ('kept', 'unverified', 'off', 'wrong')"


def upgrade() -> None:
    op.create_index("ix_deadline_clock_started", "deadline_clock", ["court_id", "started_at"])
    op.create_table(
        "clock_doubt",
        sa.Column("clock_id", sa.String(length=36), nullable=False),
        sa.Column("cause", sa.String(length=8), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("offset_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cause IN ('offset', 'step')", name="ck_clock_doubt_cause"),
        sa.CheckConstraint("cause <> 'step' OR until IS NOT NULL", name="ck_clock_doubt_step"),
        sa.PrimaryKeyConstraint("clock_id", "cause", "since"),
    )
    op.create_index(
        "ix_clock_doubt_open", "clock_doubt", ["clock_id"], postgresql_where=OPEN, sqlite_where=OPEN
    )
    op.create_table(
        "server_clock",
        sa.Column("boot_id", sa.String(length=36), nullable=False),
        sa.Column("host", sa.String(length=80), nullable=False),
        sa.Column("checked_at", Instant(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("synchronised", sa.Boolean(), nullable=True),
        sa.Column("kept_by", sa.String(length=20), nullable=True),
        sa.Column("max_error_ms", sa.Integer(), nullable=True),
        sa.Column("offset_ms", sa.BigInteger(), nullable=True),
        sa.Column("devices", sa.Integer(), nullable=False),
        sa.CheckConstraint(LEVELS, name="ck_server_clock_level"),
        sa.PrimaryKeyConstraint("boot_id"),
    )
    op.create_table(
        "server_clock_event",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("boot_id", sa.String(length=36), nullable=False),
        sa.Column("host", sa.String(length=80), nullable=False),
        sa.Column("before_at", Instant(), nullable=False),
        sa.Column("after_at", Instant(), nullable=False),
        sa.Column("offset_ms", sa.BigInteger(), nullable=True),
        sa.Column("level", sa.String(length=12), nullable=True),
        sa.CheckConstraint("kind IN ('step', 'behind_log', 'level')", name="ck_server_clock_event_kind"),
        sa.CheckConstraint(LEVELS, name="ck_server_clock_event_level"),
        sa.CheckConstraint("(kind = 'level') = (level IS NOT NULL)", name="ck_server_clock_event_has_level"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_server_clock_event_at", "server_clock_event", ["after_at"])


def downgrade() -> None:
    op.drop_index("ix_server_clock_event_at", "server_clock_event")
    op.drop_table("server_clock_event")
    op.drop_table("server_clock")
    op.drop_index("ix_clock_doubt_open", "clock_doubt")
    op.drop_table("clock_doubt")
    op.drop_index("ix_deadline_clock_started", "deadline_clock")
