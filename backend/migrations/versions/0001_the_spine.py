"""The first schema: courts, people, teams, deadlines, directives, leads, positions, audit log, outbox, receipts."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

from backend.core.types import JSON_DOCUMENT, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FIRST_YEAR, LAST_YEAR = 2026, 2027


def make_partitions() -> None:
    """Make a partition of fixes for each month; the worker adds the following ones in time."""
    if op.get_context().dialect.name != "postgresql":
        return
    for month in range(FIRST_YEAR * 12, (LAST_YEAR + 1) * 12):
        begin, end = (f"{at // 12}-{at % 12 + 1:02}-01 00:00:00+00" for at in (month, month + 1))
        name = f"fix_{month // 12}_{month % 12 + 1:02}"
        op.execute(f"CREATE TABLE {name} PARTITION OF fix FOR VALUES FROM ('{begin}') TO ('{end}')")
    op.execute("CREATE TABLE fix_default PARTITION OF fix DEFAULT")


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("occurred_at", Instant(), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=False),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("detail", JSON_DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_audit_entry_court", "audit_entry", ["court_id", "recorded_at"], unique=False)
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('holiday', 'make_up_workday')", name="ck_calendar_day_kind"),
        sa.CheckConstraint(
            "status = 'provisional' OR source_date IS NOT NULL", name="ck_calendar_day_source"
        ),
        sa.CheckConstraint("status IN ('published', 'provisional')", name="ck_calendar_day_status"),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_index("ix_calendar_day_year", "calendar_day", ["year"], unique=False)
    op.create_table(
        "command_receipt",
        sa.Column("command_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("payload_sha256", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=120), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "result IN ('applied', 'superseded', 'rejected')", name="ck_command_receipt_result"
        ),
        sa.PrimaryKeyConstraint("command_id"),
        sa.UniqueConstraint("device_id", "sequence", name="uq_command_receipt_sequence"),
    )
    op.create_table(
        "court",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("code_verified", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("effective_from", Instant(), nullable=False),
        sa.Column("effective_until", Instant(), nullable=True),
        sa.CheckConstraint("(level = 'supreme') = (parent_id IS NULL)", name="ck_court_parent"),
        sa.CheckConstraint("level IN ('supreme', 'high', 'intermediate', 'basic')", name="ck_court_level"),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["court.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_geospatial_table(
        "fix",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("fixed_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column(
            "position",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("altitude_m", sa.Double(), nullable=True),
        sa.Column("speed_m_s", sa.Double(), nullable=True),
        sa.Column("heading", sa.Double(), nullable=True),
        sa.Column("battery_percent", sa.Double(), nullable=True),
        sa.Column("mock", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.CheckConstraint("source IN ('pwa', 'osmand', 'owntracks')", name="ck_fix_source"),
        sa.PrimaryKeyConstraint("device_id", "fixed_at"),
        postgresql_partition_by="RANGE (fixed_at)",
    )
    make_partitions()
    op.create_geospatial_index(
        "idx_fix_position", "fix", ["position"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_index("ix_fix_person", "fix", ["user_id", "fixed_at"], unique=False)
    op.create_table(
        "last_known",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("speed_m_s", sa.Double(), nullable=True),
        sa.Column("heading", sa.Double(), nullable=True),
        sa.Column("battery_percent", sa.Double(), nullable=True),
        sa.Column("fixed_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.CheckConstraint("source IN ('pwa', 'osmand', 'owntracks')", name="ck_last_known_source"),
        sa.PrimaryKeyConstraint("device_id"),
    )
    op.create_index("ix_last_known_court", "last_known", ["court_id"], unique=False)
    op.create_table(
        "outbox_event",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("cursor", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("rooms", JSON_DOCUMENT, nullable=False),
        sa.Column("data", JSON_DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cursor", name="uq_outbox_event_cursor"),
    )
    op.create_index(
        "ix_outbox_event_unsequenced",
        "outbox_event",
        ["id"],
        unique=False,
        postgresql_where=sa.text("cursor IS NULL"),
    )
    op.create_table(
        "serial",
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("court_id", "kind", "year"),
    )
    op.create_table(
        "server_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("last_cursor", sa.BigInteger(), nullable=False),
        sa.Column("pruned_cursor", sa.BigInteger(), nullable=False),
        sa.Column("authority_version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_server_state_one_row"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", Instant(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_table(
        "deadline_clock",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=4), nullable=False),
        sa.Column("rulebook_id", sa.String(length=40), nullable=False),
        sa.Column("clause", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("limit_seconds", sa.Integer(), nullable=True),
        sa.Column("working_days", sa.Integer(), nullable=True),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("regime", sa.String(length=10), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("stopped_at", Instant(), nullable=True),
        sa.Column("stopped_by", sa.String(length=36), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("cancelled_by", sa.String(length=36), nullable=True),
        sa.Column("breached_at", Instant(), nullable=True),
        sa.Column("detected_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(state = 'breached') = (breached_at IS NOT NULL)", name="ck_deadline_clock_breached"
        ),
        sa.CheckConstraint(
            "(state IN ('breached', 'unconfirmed')) = (detected_at IS NOT NULL)",
            name="ck_deadline_clock_detected",
        ),
        sa.CheckConstraint("clock IN ('C4', 'C5', 'C6', 'C7')", name="ck_deadline_clock_clock"),
        sa.CheckConstraint("kind IN ('rule', 'target')", name="ck_deadline_clock_kind"),
        sa.CheckConstraint("regime IN ('working', 'off_hours', 'holiday')", name="ck_deadline_clock_regime"),
        sa.CheckConstraint(
            "state <> 'cancelled' OR (cancelled_at IS NOT NULL AND cancelled_at <= due_at)",
            name="ck_deadline_clock_cancelled",
        ),
        sa.CheckConstraint(
            "state <> 'met' OR (stopped_at IS NOT NULL AND stopped_at <= due_at)",
            name="ck_deadline_clock_met",
        ),
        sa.CheckConstraint(
            "state IN ('running', 'met', 'breached', 'unconfirmed', 'cancelled')",
            name="ck_deadline_clock_state",
        ),
        sa.CheckConstraint(
            "(limit_seconds IS NULL) <> (working_days IS NULL)", name="ck_deadline_clock_limit"
        ),
        sa.CheckConstraint("breached_at = due_at", name="ck_deadline_clock_breached_at"),
        sa.CheckConstraint("due_at > started_at", name="ck_deadline_clock_due"),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject_kind", "subject_id", "clock", name="uq_deadline_clock_subject"),
    )
    op.create_index(
        "ix_deadline_clock_can_fail",
        "deadline_clock",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('running', 'unconfirmed')"),
        sqlite_where=sa.text("state IN ('running', 'unconfirmed')"),
    )
    op.create_index(
        "ix_deadline_clock_owed",
        "deadline_clock",
        ["court_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("stopped_at IS NULL AND cancelled_at IS NULL"),
        sqlite_where=sa.text("stopped_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.CheckConstraint("sex IN ('man', 'woman')", name="ck_person_sex"),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account"),
    )
    op.create_table(
        "rulebook_adoption",
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("rulebook_id", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=200), nullable=False),
        sa.Column("article_7_at_night", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.PrimaryKeyConstraint("court_id", "effective_from"),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("standby", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("court_id", "name", name="uq_team_name"),
    )
    op.create_table(
        "work_schedule",
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("sessions", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.PrimaryKeyConstraint("court_id", "effective_from"),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("effective_from", Instant(), nullable=False),
        sa.Column("effective_until", Instant(), nullable=True),
        sa.Column("delegated_by", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "role IN ('officer', 'team_leader', 'duty_officer', 'duty_leader', 'liaison', 'commander', 'records_clerk', 'system_administrator', 'security_administrator', 'audit_administrator', 'auditor')",
            name="ck_appointment_role",
        ),
        sa.CheckConstraint(
            "(delegated_by IS NULL) OR (effective_until IS NOT NULL)", name="ck_appointment_delegation"
        ),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.ForeignKeyConstraint(
            ["delegated_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_appointment_person", "appointment", ["user_id"], unique=False)
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("public_key", JSON_DOCUMENT, nullable=False),
        sa.Column("enrolled_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_device_person", "device", ["user_id"], unique=False)
    op.create_table(
        "directive",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_before_objection", sa.String(length=20), nullable=True),
        sa.Column("urgency", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("required_action", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("case_number", sa.String(length=60), nullable=True),
        sa.Column("legacy_case_number", sa.String(length=200), nullable=True),
        sa.Column("place", JSON_DOCUMENT, nullable=True),
        sa.Column("issuing_court_id", sa.String(length=36), nullable=False),
        sa.Column("issuer_id", sa.String(length=36), nullable=False),
        sa.Column("target_court_id", sa.String(length=36), nullable=False),
        sa.Column("target_team_id", sa.String(length=36), nullable=True),
        sa.Column("target_user_id", sa.String(length=36), nullable=True),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("lead_id", sa.String(length=36), nullable=True),
        sa.Column("officers_required", sa.Integer(), nullable=False),
        sa.Column("woman_required", sa.Boolean(), nullable=False),
        sa.Column("responsible_id", sa.String(length=36), nullable=True),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("served_at", Instant(), nullable=False),
        sa.Column("acknowledged_at", Instant(), nullable=True),
        sa.Column("reported_at", Instant(), nullable=True),
        sa.Column("departed_at", Instant(), nullable=True),
        sa.Column("arrived_at", Instant(), nullable=True),
        sa.Column("completed_at", Instant(), nullable=True),
        sa.Column("feedback_at", Instant(), nullable=True),
        sa.Column("accepted_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('dispatch', 'verify', 'superior', 'assistance', 'instruction')",
            name="ck_directive_kind",
        ),
        sa.CheckConstraint(
            "state IN ('issued', 'delivered', 'acknowledged', 'reported_to_leader', 'dispatched', 'on_scene', 'completed', 'feedback_submitted', 'returned', 'accepted', 'objected', 'withdrawn', 'superseded', 'cancelled')",
            name="ck_directive_state",
        ),
        sa.CheckConstraint("urgency IN ('urgent', 'normal')", name="ck_directive_urgency"),
        sa.CheckConstraint(
            "target_team_id IS NULL OR target_user_id IS NULL", name="ck_directive_one_target"
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["issuing_court_id"],
            ["court.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["directive.id"],
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target_court_id"],
            ["court.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target_team_id"],
            ["team.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target_user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name="uq_directive_number"),
    )
    op.create_index("ix_directive_issuing", "directive", ["issuing_court_id", "state"], unique=False)
    op.create_index("ix_directive_lead", "directive", ["lead_id"], unique=False)
    op.create_index(
        "ix_directive_open",
        "directive",
        ["issued_at"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('accepted', 'cancelled', 'superseded', 'withdrawn')"),
        postgresql_where=sa.text("state NOT IN ('accepted', 'cancelled', 'superseded', 'withdrawn')"),
    )
    op.create_index("ix_directive_parent", "directive", ["parent_id"], unique=False)
    op.create_index("ix_directive_target", "directive", ["target_court_id", "state"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_sha256", name="uq_enrolment_code"),
    )
    op.create_table(
        "lead",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("triage", sa.String(length=12), nullable=True),
        sa.Column("triage_reason", sa.Text(), nullable=True),
        sa.Column("triaged_by", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("duty_officer_id", sa.String(length=36), nullable=False),
        sa.Column("case_number", sa.String(length=60), nullable=True),
        sa.Column("legacy_case_number", sa.String(length=200), nullable=True),
        sa.Column("debtor_name", sa.String(length=200), nullable=True),
        sa.Column("debtor_identity_tail", sa.String(length=6), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("place", JSON_DOCUMENT, nullable=True),
        sa.Column("chance_from", Instant(), nullable=True),
        sa.Column("chance_until", Instant(), nullable=True),
        sa.Column("grounds", JSON_DOCUMENT, nullable=False),
        sa.Column("risks", JSON_DOCUMENT, nullable=False),
        sa.Column("reported_to", sa.String(length=200), nullable=True),
        sa.Column("reported_by_channel", sa.String(length=12), nullable=True),
        sa.Column("reported_at", Instant(), nullable=True),
        sa.Column("leader_instruction", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('property', 'whereabouts', 'both')", name="ck_lead_kind"),
        sa.CheckConstraint(
            "state IN ('registered', 'reported', 'triaged', 'verification_assigned', 'ordered', 'departed', 'on_scene', 'verified', 'result', 'closed')",
            name="ck_lead_state",
        ),
        sa.CheckConstraint(
            "triage IN ('urgent', 'non_urgent', 'inquiry', 'not_ours')", name="ck_lead_triage"
        ),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.ForeignKeyConstraint(
            ["duty_officer_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["triaged_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name="uq_lead_number"),
    )
    op.create_index("ix_lead_court", "lead", ["court_id", "received_at"], unique=False)
    op.create_table(
        "passkey",
        sa.Column("credential_id", sa.String(length=400), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("credential_id"),
    )
    op.create_table(
        "team_member",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("duty", sa.String(length=10), nullable=False),
        sa.Column("joined_at", Instant(), nullable=False),
        sa.Column("left_at", Instant(), nullable=True),
        sa.CheckConstraint("duty IN ('leader', 'officer', 'driver')", name="ck_team_member_duty"),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["team.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_team_member_person", "team_member", ["user_id"], unique=False)
    op.create_index(
        "uq_team_member_now",
        "team_member",
        ["team_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "totp_factor",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("secret_encrypted", sa.Text(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "tracker",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("court_id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["court_id"],
            ["court.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_table(
        "device_challenge",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("challenge", sa.String(length=80), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["device.id"],
        ),
        sa.PrimaryKeyConstraint("device_id"),
    )
    op.create_table(
        "device_contact",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["device.id"],
        ),
        sa.PrimaryKeyConstraint("device_id"),
    )
    op.create_table(
        "directive_member",
        sa.Column("directive_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("device_received_at", Instant(), nullable=True),
        sa.CheckConstraint("answer <> 'declined' OR reason IS NOT NULL", name="ck_directive_member_reason"),
        sa.CheckConstraint(
            "answer IN ('pending', 'accepted', 'declined')", name="ck_directive_member_answer"
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("directive_id", "user_id"),
    )
    op.create_index("ix_directive_member_person", "directive_member", ["user_id"], unique=False)
    op.create_table(
        "directive_step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("directive_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=False),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("occurred_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("time_trusted", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("detail", JSON_DOCUMENT, nullable=False),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.CheckConstraint("result IN ('applied', 'superseded')", name="ck_directive_step_result"),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_directive_step_directive", "directive_step", ["directive_id", "received_at"], unique=False
    )
    op.create_table(
        "feedback_report",
        sa.Column("directive_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("writer_id", sa.String(length=36), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("result", sa.String(length=14), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("persons", sa.Text(), nullable=True),
        sa.Column("property", sa.Text(), nullable=True),
        sa.Column("documents_served", sa.Text(), nullable=True),
        sa.Column("money_controlled", sa.String(length=60), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "result IN ('completed', 'partly', 'not_possible')", name="ck_feedback_report_result"
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
        ),
        sa.ForeignKeyConstraint(
            ["writer_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("directive_id", "version"),
    )
    op.create_table(
        "lead_reporter",
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("relation", sa.String(length=200), nullable=True),
        sa.Column("wants_anonymity", sa.Boolean(), nullable=False),
        sa.Column("wants_reply", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["lead.id"],
        ),
        sa.PrimaryKeyConstraint("lead_id"),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("second_factor_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("challenge", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["device.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_sign_in_session_person", "sign_in_session", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_sign_in_session_person", table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_table("lead_reporter")
    op.drop_table("feedback_report")
    op.drop_index("ix_directive_step_directive", table_name="directive_step")
    op.drop_table("directive_step")
    op.drop_index("ix_directive_member_person", table_name="directive_member")
    op.drop_table("directive_member")
    op.drop_table("device_contact")
    op.drop_table("device_challenge")
    op.drop_table("tracker")
    op.drop_table("totp_factor")
    op.drop_index(
        "uq_team_member_now",
        table_name="team_member",
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.drop_index("ix_team_member_person", table_name="team_member")
    op.drop_table("team_member")
    op.drop_table("passkey")
    op.drop_index("ix_lead_court", table_name="lead")
    op.drop_table("lead")
    op.drop_table("enrolment")
    op.drop_index("ix_directive_target", table_name="directive")
    op.drop_index("ix_directive_parent", table_name="directive")
    op.drop_index(
        "ix_directive_open",
        table_name="directive",
        sqlite_where=sa.text("state NOT IN ('accepted', 'cancelled', 'superseded', 'withdrawn')"),
        postgresql_where=sa.text("state NOT IN ('accepted', 'cancelled', 'superseded', 'withdrawn')"),
    )
    op.drop_index("ix_directive_lead", table_name="directive")
    op.drop_index("ix_directive_issuing", table_name="directive")
    op.drop_table("directive")
    op.drop_index("ix_device_person", table_name="device")
    op.drop_table("device")
    op.drop_index("ix_appointment_person", table_name="appointment")
    op.drop_table("appointment")
    op.drop_table("work_schedule")
    op.drop_table("team")
    op.drop_table("rulebook_adoption")
    op.drop_table("person")
    op.drop_index(
        "ix_deadline_clock_owed",
        table_name="deadline_clock",
        postgresql_where=sa.text("stopped_at IS NULL AND cancelled_at IS NULL"),
        sqlite_where=sa.text("stopped_at IS NULL AND cancelled_at IS NULL"),
    )
    op.drop_index(
        "ix_deadline_clock_can_fail",
        table_name="deadline_clock",
        postgresql_where=sa.text("state IN ('running', 'unconfirmed')"),
        sqlite_where=sa.text("state IN ('running', 'unconfirmed')"),
    )
    op.drop_table("deadline_clock")
    op.drop_table("sign_in_failure")
    op.drop_table("server_state")
    op.drop_table("serial")
    op.drop_index(
        "ix_outbox_event_unsequenced", table_name="outbox_event", postgresql_where=sa.text("cursor IS NULL")
    )
    op.drop_table("outbox_event")
    op.drop_index("ix_last_known_court", table_name="last_known")
    op.drop_table("last_known")
    op.drop_index("ix_fix_person", table_name="fix")
    op.drop_geospatial_index(
        "idx_fix_position", table_name="fix", postgresql_using="gist", column_name="position"
    )
    op.drop_geospatial_table("fix")
    op.drop_table("court")
    op.drop_table("command_receipt")
    op.drop_index("ix_calendar_day_year", table_name="calendar_day")
    op.drop_table("calendar_day")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_index("ix_audit_entry_court", table_name="audit_entry")
    op.drop_table("audit_entry")
