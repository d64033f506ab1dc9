"""A relief for a shift on post, and the leader's signature for an outgoing shift of which nobody can (domain 1.16)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("duty_handover", sa.Column("outgoing_reason", sa.Text(), nullable=True))
    op.add_column(
        "duty_shift", sa.Column("relieves", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("duty_shift", "relieves")
    op.drop_column("duty_handover", "outgoing_reason")
