"""Duty: shifts and their people, swaps, handovers, notes of the duty log, roll calls and their answers."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import JSON_DOCUMENT, Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_shift",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("planned_start", Instant(), nullable=False),
        sa.Column("planned_end", Instant(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("on_post_at", Instant(), nullable=True),
        sa.Column("off_post_at", Instant(), nullable=True),
        sa.Column("absent_reason", sa.Text(), nullable=True),
        sa.Column("planned_by", sa.String(length=36), nullable=False),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('planned', 'absent') AND on_post_at IS NULL AND off_post_at IS NULL) OR (state = 'on_post' AND on_post_at IS NOT NULL AND off_post_at IS NULL) OR (state = 'handed_over' AND on_post_at IS NOT NULL AND off_post_at IS NOT NULL)",
            name="ck_duty_shift_facts",
        ),
        sa.CheckConstraint("post IN ('A', 'B', 'week')", name="ck_duty_shift_post"),
        sa.CheckConstraint("state <> 'absent' OR absent_reason IS NOT NULL", name="ck_duty_shift_absent"),
        sa.CheckConstraint(
            "state IN ('absent', 'handed_over', 'on_post', 'planned')", name="ck_duty_shift_state"
        ),
        sa.CheckConstraint("planned_end > planned_start", name="ck_duty_shift_times"),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_duty_shift_court", "duty_shift", ["court_id", "planned_start"], unique=False)
    op.create_index("ix_duty_shift_facts", "duty_shift", ["court_id", "on_post_at"], unique=False)
    op.create_index(
        "uq_duty_shift_on_post",
        "duty_shift",
        ["court_id", "post"],
        unique=True,
        sqlite_where=sa.text("state = 'on_post'"),
        postgresql_where=sa.text("state = 'on_post'"),
    )
    op.create_table(
        "duty_handover",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("outgoing_shift_id", sa.String(length=36), nullable=False),
        sa.Column("incoming_shift_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("drafted_by", sa.String(length=36), nullable=False),
        sa.Column("drafted_at", Instant(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("kit", JSON_DOCUMENT, nullable=False),
        sa.Column("done", JSON_DOCUMENT, nullable=True),
        sa.Column("pending", JSON_DOCUMENT, nullable=True),
        sa.Column("frozen_at", Instant(), nullable=True),
        sa.Column("outgoing_signed_by", sa.String(length=36), nullable=True),
        sa.Column("outgoing_signed_at", Instant(), nullable=True),
        sa.Column("outgoing_device_id", sa.String(length=36), nullable=True),
        sa.Column("incoming_signed_by", sa.String(length=36), nullable=True),
        sa.Column("incoming_signed_at", Instant(), nullable=True),
        sa.Column("incoming_device_id", sa.String(length=36), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state <> 'done' OR (outgoing_signed_at IS NOT NULL AND incoming_signed_at IS NOT NULL AND done_at IS NOT NULL)",
            name="ck_duty_handover_both_signed",
        ),
        sa.CheckConstraint(
            "state IN ('done', 'draft', 'signed_once', 'void')", name="ck_duty_handover_state"
        ),
        sa.CheckConstraint(
            "state NOT IN ('signed_once', 'done') OR frozen_at IS NOT NULL", name="ck_duty_handover_frozen"
        ),
        sa.CheckConstraint("outgoing_shift_id <> incoming_shift_id", name="ck_duty_handover_two_shifts"),
        sa.CheckConstraint("outgoing_signed_by <> incoming_signed_by", name="ck_duty_handover_two_people"),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.ForeignKeyConstraint(["incoming_shift_id"], ["duty_shift.id"]),
        sa.ForeignKeyConstraint(["incoming_signed_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["outgoing_shift_id"], ["duty_shift.id"]),
        sa.ForeignKeyConstraint(["outgoing_signed_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_duty_handover_court", "duty_handover", ["court_id", "drafted_at"], unique=False)
    op.create_index("ix_duty_handover_incoming", "duty_handover", ["incoming_shift_id"], unique=False)
    op.create_index(
        "uq_duty_handover_open",
        "duty_handover",
        ["outgoing_shift_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'signed_once')"),
        postgresql_where=sa.text("state IN ('draft', 'signed_once')"),
    )
    op.create_table(
        "duty_note",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("category", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("writer_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("corrects_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "category IN ('kit', 'other', 'phone', 'visitor', 'weather')", name="ck_duty_note_category"
        ),
        sa.CheckConstraint("corrects_id IS NULL OR corrects_id <> id", name="ck_duty_note_corrects_another"),
        sa.ForeignKeyConstraint(["corrects_id"], ["duty_note.id"]),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.ForeignKeyConstraint(["writer_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_duty_note_corrects", "duty_note", ["corrects_id"], unique=False)
    op.create_index("ix_duty_note_court", "duty_note", ["court_id", "written_at"], unique=False)
    op.create_table(
        "duty_shift_person",
        sa.Column("shift_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(length=12), nullable=False),
        sa.Column("standing", sa.String(length=8), nullable=False),
        sa.Column("replaced_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "(standing = 'swapped') = (replaced_by IS NOT NULL)", name="ck_duty_shift_person_replaced"
        ),
        sa.CheckConstraint(
            "function IN ('leader', 'officer', 'standby', 'technician')", name="ck_duty_shift_person_function"
        ),
        sa.CheckConstraint("standing IN ('named', 'swapped')", name="ck_duty_shift_person_standing"),
        sa.ForeignKeyConstraint(["replaced_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["shift_id"], ["duty_shift.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("shift_id", "user_id"),
    )
    op.create_index("ix_duty_shift_person_person", "duty_shift_person", ["user_id"], unique=False)
    op.create_table(
        "duty_swap",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("shift_id", sa.String(length=36), nullable=False),
        sa.Column("asker_id", sa.String(length=36), nullable=False),
        sa.Column("substitute_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answer_reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('agreed', 'approved', 'asked', 'declined', 'refused', 'withdrawn')",
            name="ck_duty_swap_state",
        ),
        sa.CheckConstraint("asker_id <> substitute_id", name="ck_duty_swap_two_people"),
        sa.CheckConstraint(
            "decided_by IS NULL OR (decided_by <> asker_id AND decided_by <> substitute_id)",
            name="ck_duty_swap_decided_by_a_third",
        ),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["substitute_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_duty_swap_court", "duty_swap", ["court_id", "state"], unique=False)
    op.create_index(
        "uq_duty_swap_open",
        "duty_swap",
        ["shift_id", "asker_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('agreed', 'asked')"),
        postgresql_where=sa.text("state IN ('agreed', 'asked')"),
    )
    op.create_table(
        "roll_call",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("started_by", sa.String(length=36), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_roll_call_court", "roll_call", ["court_id", "started_at"], unique=False)
    op.create_index(
        "ix_roll_call_open",
        "roll_call",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "roll_call_answer",
        sa.Column("roll_call_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("shift_id", sa.String(length=36), nullable=False),
        sa.Column("function", sa.String(length=12), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("received_at", Instant(), nullable=True),
        sa.Column("answered_from", sa.String(length=6), nullable=True),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("out_of_contact", sa.Boolean(), nullable=True),
        sa.CheckConstraint("answered_from IN ('phone', 'desk')", name="ck_roll_call_answer_from"),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_from IS NULL)", name="ck_roll_call_answer_whole"
        ),
        sa.ForeignKeyConstraint(["roll_call_id"], ["roll_call.id"]),
        sa.ForeignKeyConstraint(["shift_id"], ["duty_shift.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("roll_call_id", "user_id"),
    )
    op.create_table(
        "roll_call_shift",
        sa.Column("shift_id", sa.String(length=36), nullable=False),
        sa.Column("roll_call_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["roll_call_id"], ["roll_call.id"]),
        sa.ForeignKeyConstraint(["shift_id"], ["duty_shift.id"]),
        sa.PrimaryKeyConstraint("shift_id"),
    )


def downgrade() -> None:
    op.drop_table("roll_call_shift")
    op.drop_table("roll_call_answer")
    op.drop_table("roll_call")
    op.drop_table("duty_swap")
    op.drop_table("duty_shift_person")
    op.drop_table("duty_note")
    op.drop_table("duty_handover")
    op.drop_table("duty_shift")
