"""C2, C3 and C8; directives that fetch a debtor; directives that came by telephone or fax."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import IDENTIFIER, Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CLOCKS = "clock IN ('C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8')"


def upgrade() -> None:
    with op.batch_alter_table("deadline_clock") as table:
        table.drop_constraint("ck_deadline_clock_clock", type_="check")
        table.create_check_constraint("ck_deadline_clock_clock", CLOCKS)
    op.add_column(
        "directive", sa.Column("fetches_debtor", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "outside_receipt",
        sa.Column("directive_id", IDENTIFIER, nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("caller_name", sa.String(length=80), nullable=False),
        sa.Column("call_back_number", sa.String(length=40), nullable=True),
        sa.Column("read_back", sa.Boolean(), nullable=False),
        sa.Column("issuer_number", sa.String(length=80), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("registered_by", IDENTIFIER, nullable=False),
        sa.Column("copy_id", IDENTIFIER, nullable=True),
        sa.CheckConstraint("channel IN ('phone', 'fax')", name="ck_outside_receipt_channel"),
        sa.ForeignKeyConstraint(["copy_id"], ["directive.id"]),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"]),
        sa.ForeignKeyConstraint(["registered_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("directive_id"),
        sa.UniqueConstraint("copy_id", name="uq_outside_receipt_copy"),
    )


def downgrade() -> None:
    op.drop_table("outside_receipt")
    op.drop_column("directive", "fetches_debtor")
    op.execute("DELETE FROM deadline_clock WHERE clock IN ('C2', 'C3', 'C8')")
    with op.batch_alter_table("deadline_clock") as table:
        table.drop_constraint("ck_deadline_clock_clock", type_="check")
        table.create_check_constraint("ck_deadline_clock_clock", "clock IN ('C1', 'C4', 'C5', 'C6', 'C7')")
