"""The delivery ladder: what is on its way to whom, device by device; sendings, calls, subscriptions, checks, link tests."""

import sqlalchemy as sa
from alembic import op

from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE = (
    "clock_warning",
    "clock_breach",
    "clock_unconfirmed",
    "clock_disproved",
    "record",
    "roll_call",
)
KINDS = (*BEFORE, "order_undelivered", "order_unanswered")


def kinds(names: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(repr(name) for name in names)})"


def upgrade() -> None:
    op.add_column("person", sa.Column("mobile", sa.String(length=20), nullable=True))
    op.add_column("person", sa.Column("message_account", sa.String(length=64), nullable=True))
    op.add_column("directive", sa.Column("covert", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("notice") as table:
        table.drop_constraint("ck_notice_kind", type_="check")
        table.create_check_constraint("ck_notice_kind", kinds(KINDS))
    op.create_table(
        "delivery",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", IDENTIFIER, nullable=False),
        sa.Column("court_id", IDENTIFIER, nullable=False),
        sa.Column("issuing_court_id", IDENTIFIER, nullable=False),
        sa.Column("user_id", IDENTIFIER, nullable=False),
        sa.Column("leader_id", IDENTIFIER, nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("ladder", sa.String(length=20), nullable=False),
        sa.Column("covert", sa.Boolean(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("deadline_at", Instant(), nullable=True),
        sa.Column("climbed", JSON_DOCUMENT, nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("received_at", Instant(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", sa.String(length=12), nullable=True),
        sa.Column("next_look_at", Instant(), nullable=True),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="ck_delivery_settled"),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.ForeignKeyConstraint(["issuing_court_id"], ["court.id"]),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject_kind", "subject_id", "user_id", name="uq_delivery_subject_person"),
    )
    for name, column, where in (
        ("ix_delivery_climb", "next_look_at", "next_look_at IS NOT NULL"),
        ("ix_delivery_open", "court_id", "settled_at IS NULL"),
        ("ix_delivery_person", "user_id", "settled_at IS NULL"),
    ):
        op.create_index(
            name, "delivery", [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_table(
        "delivery_device",
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("device_id", IDENTIFIER, nullable=False),
        *(
            sa.Column(f"{stage}_at", Instant(), nullable=True)
            for stage in ("emitted", "pushed", "device_received", "displayed", "opened", "accepted")
        ),
        sa.Column("channel", sa.String(length=12), nullable=True),
        sa.Column("trouble", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"]),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("delivery_id", "device_id"),
    )
    op.create_table(
        "delivery_attempt",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("device_id", IDENTIFIER, nullable=True),
        sa.Column("rung", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("next_try_at", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'taken', 'sent', 'failed', 'moot')", name="ck_delivery_attempt_state"
        ),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"]),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_delivery_attempt_due",
        "delivery_attempt",
        ["next_try_at"],
        sqlite_where=sa.text("next_try_at IS NOT NULL"),
        postgresql_where=sa.text("next_try_at IS NOT NULL"),
    )
    op.create_index("ix_delivery_attempt_delivery", "delivery_attempt", ["delivery_id"])
    op.create_table(
        "delivery_call",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("made_by", IDENTIFIER, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"]),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_delivery_call_delivery", "delivery_call", ["delivery_id"])
    op.create_table(
        "push_subscription",
        sa.Column("device_id", IDENTIFIER, nullable=False),
        sa.Column("endpoint", sa.String(length=1000), nullable=False),
        sa.Column("endpoint_sha256", sa.String(length=64), nullable=False),
        sa.Column("p256dh", sa.String(length=100), nullable=False),
        sa.Column("auth", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("trouble", sa.String(length=40), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.CheckConstraint("state IN ('active', 'gone')", name="ck_push_subscription_state"),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("device_id"),
        sa.UniqueConstraint("endpoint_sha256", name="uq_push_subscription_endpoint"),
    )
    op.create_table(
        "self_check",
        sa.Column("device_id", IDENTIFIER, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("report", JSON_DOCUMENT, nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
        sa.PrimaryKeyConstraint("device_id"),
    )
    op.create_table(
        "link_test",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("court_id", IDENTIFIER, nullable=False),
        sa.Column("started_by", IDENTIFIER, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"]),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_link_test_court", "link_test", ["court_id", "started_at"])


def downgrade() -> None:
    for name in (
        "link_test",
        "self_check",
        "push_subscription",
        "delivery_call",
        "delivery_attempt",
        "delivery_device",
        "delivery",
    ):
        op.drop_table(name)
    op.execute(
        "DELETE FROM notice_recipient WHERE notice_id IN (SELECT id FROM notice WHERE kind LIKE 'order_%')"
    )
    op.execute("DELETE FROM notice WHERE kind LIKE 'order_%'")
    with op.batch_alter_table("notice") as table:
        table.drop_constraint("ck_notice_kind", type_="check")
        table.create_check_constraint("ck_notice_kind", kinds(BEFORE))
    op.drop_column("directive", "covert")
    op.drop_column("person", "message_account")
    op.drop_column("person", "mobile")
