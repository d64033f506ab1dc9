"""Leads about the same event are merged into the one that came first (A16)."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import IDENTIFIER

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lead", sa.Column("merged_into_id", IDENTIFIER, nullable=True))
    op.create_index("ix_lead_merged", "lead", ["merged_into_id"])


def downgrade() -> None:
    op.drop_index("ix_lead_merged", "lead")
    op.drop_column("lead", "merged_into_id")
