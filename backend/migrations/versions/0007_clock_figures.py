"""The index that figures of clocks need: those of a court by when they started."""

from alembic import op

revision = "0007"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_deadline_clock_started", "deadline_clock", ["court_id", "started_at"])


def downgrade() -> None:
    op.drop_index("ix_deadline_clock_started", "deadline_clock")
