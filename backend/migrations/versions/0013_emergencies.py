"""Calls for help and their lines, the number of a court's command post, and the notices about them (domain 1.16)."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = [
    "clock_warning",
    "clock_breach",
    "clock_unconfirmed",
    "clock_disproved",
    "record",
    "roll_call",
    "order_undelivered",
    "order_unanswered",
]
NEW_KINDS = ["emergency", "refused_call"]
NOT_CLOSED = sa.text("state <> 'closed'")
ONE_OPEN = sa.text("state <> 'closed' AND kind = 'sos'")
TO_LOOK_AT = sa.text("look_at IS NOT NULL")
TO_ESCALATE = sa.text("next_step_at IS NOT NULL")


def upgrade() -> None:
    notice_kinds([*KINDS, *NEW_KINDS])
    op.create_table(
        "court_duty_phone",
        sa.Column("court_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.PrimaryKeyConstraint("court_id"),
    )
    op.create_table(
        "emergency",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("drill", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("court_id", IDENTIFIER, nullable=False),
        sa.Column("user_id", IDENTIFIER, nullable=False),
        sa.Column("device_id", IDENTIFIER, nullable=True),
        sa.Column("team_id", IDENTIFIER, nullable=True),
        sa.Column("directive_id", IDENTIFIER, nullable=True),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("time_trusted", sa.Boolean(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("fixed_at", Instant(), nullable=True),
        sa.Column("battery_percent", sa.Double(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("alarmed", JSON_DOCUMENT, nullable=False),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("next_step_at", Instant(), nullable=True),
        sa.Column("unconfirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", IDENTIFIER, nullable=True),
        sa.Column("safe_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", IDENTIFIER, nullable=True),
        sa.Column("result", sa.String(length=12), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('sos', 'missed_check_in')", name="ck_emergency_kind"),
        sa.CheckConstraint("state IN ('open', 'answered', 'closed')", name="ck_emergency_state"),
        sa.CheckConstraint(
            "result IN ('safe', 'helped', 'false_alarm', 'drill', 'on_time')", name="ck_emergency_result"
        ),
        sa.CheckConstraint("(state = 'closed') = (result IS NOT NULL)", name="ck_emergency_closed"),
        sa.CheckConstraint("(longitude IS NULL) = (latitude IS NULL)", name="ck_emergency_place"),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"]),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"]),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_emergency_court", "emergency", ["court_id", "received_at"])
    op.create_index("ix_emergency_user", "emergency", ["user_id", "received_at"])
    op.create_index(
        "ix_emergency_open", "emergency", ["court_id"], sqlite_where=NOT_CLOSED, postgresql_where=NOT_CLOSED
    )
    op.create_index(
        "ix_emergency_due",
        "emergency",
        ["next_step_at"],
        sqlite_where=TO_ESCALATE,
        postgresql_where=TO_ESCALATE,
    )
    op.create_index(
        "uq_emergency_one_open",
        "emergency",
        ["user_id", "drill"],
        unique=True,
        sqlite_where=ONE_OPEN,
        postgresql_where=ONE_OPEN,
    )
    op.create_table(
        "emergency_line",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("emergency_id", IDENTIFIER, nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("actor_id", IDENTIFIER, nullable=False),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("press_id", IDENTIFIER, nullable=True),
        sa.Column("detail", JSON_DOCUMENT, nullable=False),
        sa.CheckConstraint(
            "act IN ('raise', 'press_again', 'safe', 'answer', 'note', 'tell_leaders', 'tell_superior', 'close',"
            " 'miss', 'withdraw')",
            name="ck_emergency_line_act",
        ),
        sa.ForeignKeyConstraint(["emergency_id"], ["emergency.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_emergency_line_emergency", "emergency_line", ["emergency_id", "received_at"])
    op.create_index("ix_emergency_line_press", "emergency_line", ["press_id"])
    op.create_table(
        "check_in_plan",
        sa.Column("directive_id", IDENTIFIER, nullable=False),
        sa.Column("court_id", IDENTIFIER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("set_by", IDENTIFIER, nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 60", name="ck_check_in_plan_minutes"),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"]),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("directive_id"),
    )
    op.create_table(
        "check_in",
        sa.Column("directive_id", IDENTIFIER, nullable=False),
        sa.Column("user_id", IDENTIFIER, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("look_at", Instant(), nullable=True),
        sa.Column("last_at", Instant(), nullable=True),
        sa.Column("emergency_id", IDENTIFIER, nullable=True),
        sa.ForeignKeyConstraint(["directive_id"], ["check_in_plan.directive_id"]),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["emergency_id"], ["emergency.id"]),
        sa.PrimaryKeyConstraint("directive_id", "user_id"),
    )
    op.create_index(
        "ix_check_in_due", "check_in", ["look_at"], sqlite_where=TO_LOOK_AT, postgresql_where=TO_LOOK_AT
    )
    op.create_index("ix_check_in_user", "check_in", ["user_id"])


def downgrade() -> None:
    op.drop_table("check_in")
    op.drop_table("check_in_plan")
    op.drop_table("emergency_line")
    op.drop_table("emergency")
    op.drop_table("court_duty_phone")
    kinds = ", ".join(f"'{kind}'" for kind in NEW_KINDS)
    gone = f"SELECT id FROM notice WHERE kind IN ({kinds})"
    op.execute(f"DELETE FROM notice_recipient WHERE notice_id IN ({gone})")
    op.execute(f"DELETE FROM notice WHERE kind IN ({kinds})")
    notice_kinds(KINDS)


def notice_kinds(kinds: list[str]) -> None:
    """Allow these kinds of notices."""
    allowed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notice") as table:
        table.drop_constraint("ck_notice_kind", type_="check")
        table.create_check_constraint("ck_notice_kind", f"kind IN ({allowed})")
