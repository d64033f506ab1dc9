"""Clocks carry their warnings, whom to tell and what a breach puts down, say when they need the next look; and C1."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import JSON_DOCUMENT, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CAN_FAIL = sa.text("state IN ('running', 'unconfirmed')")
NEXT_LOOK = sa.text("next_look_at IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_deadline_clock_can_fail", "deadline_clock")
    with op.batch_alter_table("deadline_clock") as table:
        table.add_column(sa.Column("warnings", JSON_DOCUMENT, nullable=False, server_default="[]"))
        table.add_column(sa.Column("warnings_given", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("tell", JSON_DOCUMENT, nullable=False, server_default="[]"))
        table.add_column(sa.Column("record", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("next_look_at", Instant(), nullable=True))
        table.drop_constraint("ck_deadline_clock_clock", type_="check")
        table.create_check_constraint("ck_deadline_clock_clock", "clock IN ('C1', 'C4', 'C5', 'C6', 'C7')")
    # Clocks begun before keep their limit and have no warnings.
    op.execute("UPDATE deadline_clock SET next_look_at = due_at WHERE state IN ('running', 'unconfirmed')")
    with op.batch_alter_table("deadline_clock") as table:
        for name in ("warnings", "warnings_given", "tell"):
            table.alter_column(name, server_default=None)
    op.create_index(
        "ix_deadline_clock_next_look",
        "deadline_clock",
        ["next_look_at", "id"],
        postgresql_where=NEXT_LOOK,
        sqlite_where=NEXT_LOOK,
    )


def downgrade() -> None:
    op.drop_index("ix_deadline_clock_next_look", "deadline_clock")
    op.execute("DELETE FROM deadline_clock WHERE clock = 'C1'")
    with op.batch_alter_table("deadline_clock") as table:
        table.drop_constraint("ck_deadline_clock_clock", type_="check")
        table.create_check_constraint("ck_deadline_clock_clock", "clock IN ('C4', 'C5', 'C6', 'C7')")
        for name in ("next_look_at", "record", "tell", "warnings_given", "warnings"):
            table.drop_column(name)
    op.create_index(
        "ix_deadline_clock_can_fail",
        "deadline_clock",
        ["due_at"],
        postgresql_where=CAN_FAIL,
        sqlite_where=CAN_FAIL,
    )
