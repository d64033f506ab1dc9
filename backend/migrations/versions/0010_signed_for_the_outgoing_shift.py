"""Who leads the duty signs for an outgoing shift of which nobody can (domain 1.16)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("duty_handover", sa.Column("outgoing_reason", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("duty_handover", "outgoing_reason")
