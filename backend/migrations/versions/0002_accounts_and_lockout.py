"""Initial passwords and last sign-ins of people, and failed sign-ins counted by account and address."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def make_failures(*key: sa.Column[str]) -> None:
    """Make the table of failed sign-ins anew: what was counted so far is worth fifteen minutes."""
    op.drop_table("sign_in_failure")
    op.create_table(
        "sign_in_failure",
        *key,
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", Instant(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint(*(column.name for column in key)),
    )


def upgrade() -> None:
    op.add_column("person", sa.Column("initial_password_at", Instant(), nullable=True))
    op.add_column("person", sa.Column("last_sign_in_at", Instant(), nullable=True))
    op.add_column("sign_in_session", sa.Column("address", sa.String(length=45), nullable=True))
    make_failures(
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
    )


def downgrade() -> None:
    make_failures(sa.Column("account", sa.String(length=60), nullable=False))
    op.drop_column("sign_in_session", "address")
    op.drop_column("person", "last_sign_in_at")
    op.drop_column("person", "initial_password_at")
