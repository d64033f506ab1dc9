"""Accountability: records of what awaits an explanation, complaints, who saw what is secret, and phones' silences."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import JSON_DOCUMENT, Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "viewing",
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("hour", Instant(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "way IN ('listed', 'opened', 'printed', 'reporter', 'exported', 'searched', 'order_listed', 'order_opened', 'order_printed')",
            name="ck_viewing_way",
        ),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id", "actor_id", "way", "hour"),
    )
    op.create_index("ix_viewing_subject", "viewing", ["subject_kind", "subject_id", "at"], unique=False)
    op.create_table(
        "contact_gap",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.CheckConstraint("ended_at > began_at", name="ck_contact_gap_end"),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["device.id"],
        ),
        sa.PrimaryKeyConstraint("device_id", "began_at"),
    )
    op.create_table(
        "complaint",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("registered_by", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("about_user_id", sa.String(length=36), nullable=True),
        sa.Column("recording", sa.String(length=200), nullable=True),
        sa.Column("lead_id", sa.String(length=36), nullable=True),
        sa.Column("directive_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("channel IN ('phone', 'in_person')", name="ck_complaint_channel"),
        sa.ForeignKeyConstraint(
            ["about_user_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name="uq_complaint_number"),
    )
    op.create_index("ix_complaint_court", "complaint", ["court_id", "received_at"], unique=False)
    op.create_table(
        "complaint_complainant",
        sa.Column("complaint_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("relation", sa.String(length=200), nullable=True),
        sa.Column("wants_anonymity", sa.Boolean(), nullable=False),
        sa.Column("wants_reply", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
        ),
        sa.PrimaryKeyConstraint("complaint_id"),
    )
    op.create_table(
        "accountability_record",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("clause", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_as", sa.String(length=10), nullable=False),
        sa.Column("opened_by", sa.String(length=36), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("subject_kind", sa.String(length=10), nullable=True),
        sa.Column("subject_id", sa.String(length=36), nullable=True),
        sa.Column("clock_id", sa.String(length=36), nullable=True),
        sa.Column("complaint_id", sa.String(length=36), nullable=True),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("referred_to", sa.String(length=200), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("ended_words", sa.Text(), nullable=True),
        sa.Column("contradicted_at", Instant(), nullable=True),
        sa.Column("evidence", JSON_DOCUMENT, nullable=True),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(decision IS NOT NULL AND decision = 'referred') = (referred_to IS NOT NULL)",
            name="ck_accountability_record_referred",
        ),
        sa.CheckConstraint(
            "(opened_as = 'clock') = (clock_id IS NOT NULL) AND (opened_as = 'clock') = (opened_by IS NULL) AND (opened_as = 'complaint') = (complaint_id IS NOT NULL)",
            name="ck_accountability_record_opening",
        ),
        sa.CheckConstraint(
            "(state = 'decided') = (decision IS NOT NULL)", name="ck_accountability_record_decided"
        ),
        sa.CheckConstraint(
            "(state IN ('decided', 'disproved', 'reason_accepted')) = (ended_at IS NOT NULL)",
            name="ck_accountability_record_ended",
        ),
        sa.CheckConstraint(
            "(state IN ('reason_accepted', 'decided')) = (ended_by IS NOT NULL) AND (ended_by IS NULL) = (ended_words IS NULL)",
            name="ck_accountability_record_ended_by",
        ),
        sa.CheckConstraint(
            "(subject_kind IS NULL) = (subject_id IS NULL) AND (subject_kind IS NULL OR subject_kind IN ('lead', 'directive'))",
            name="ck_accountability_record_subject",
        ),
        sa.CheckConstraint(
            "decision IN ('not_upheld', 'referred', 'reminder')", name="ck_accountability_record_decision"
        ),
        sa.CheckConstraint(
            "ground IN ('absent_from_post', 'abused_coercion', 'bad_attitude', 'failed_to_report', 'late_dispatch', 'late_feedback', 'late_verification', 'leaked_secret', 'misconduct_on_duty', 'other', 'passive_on_peer_request', 'passive_on_report_from_below', 'passive_on_superior_directive', 'shirked_or_weak_response')",
            name="ck_accountability_record_ground",
        ),
        sa.CheckConstraint(
            "opened_as <> 'clock' OR ground IN ('absent_from_post', 'late_dispatch', 'late_feedback', 'late_verification')",
            name="ck_accountability_record_human",
        ),
        sa.CheckConstraint("opened_as = 'clock' OR words IS NOT NULL", name="ck_accountability_record_words"),
        sa.CheckConstraint(
            "opened_as IN ('clock', 'complaint', 'person')", name="ck_accountability_record_opened_as"
        ),
        sa.CheckConstraint(
            "state IN ('decided', 'disproved', 'explained', 'open', 'reason_accepted')",
            name="ck_accountability_record_state",
        ),
        sa.CheckConstraint(
            "(ended_by IS NULL) = (evidence IS NULL) AND (evidence IS NULL) = (evidence_sha256 IS NULL)",
            name="ck_accountability_record_evidence",
        ),
        sa.CheckConstraint(
            "contradicted_at IS NULL OR ended_by IS NOT NULL", name="ck_accountability_record_contradicted"
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
        ),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("clock_id", name="uq_accountability_record_clock"),
        sa.UniqueConstraint("number", name="uq_accountability_record_number"),
    )
    op.create_index(
        "ix_accountability_record_court", "accountability_record", ["court_id", "state"], unique=False
    )
    op.create_index(
        "ix_accountability_record_subject",
        "accountability_record",
        ["subject_kind", "subject_id"],
        unique=False,
    )
    op.create_table(
        "accountability_person",
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("is_commander", sa.Boolean(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("released_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('duty_leader', 'named', 'on_duty', 'responsible', 'team_leader')",
            name="ck_accountability_person_reason",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["accountability_record.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("record_id", "user_id"),
    )
    op.create_index("ix_accountability_person_person", "accountability_person", ["user_id"], unique=False)
    op.create_table(
        "accountability_explanation",
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("time_trusted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["accountability_record.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("record_id", "version"),
    )


def downgrade() -> None:
    op.drop_table("accountability_explanation")
    op.drop_table("accountability_person")
    op.drop_table("accountability_record")
    op.drop_table("complaint_complainant")
    op.drop_table("complaint")
    op.drop_table("contact_gap")
    op.drop_table("viewing")
