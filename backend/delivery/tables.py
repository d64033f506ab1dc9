"""Tables of delivery: who was given what and how far it came, device by device; what was sent; calls, tests, self-checks."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import UNAUDITED, Base
from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant

OPEN = text("settled_at IS NULL")
TO_CLIMB = text("next_look_at IS NOT NULL")
TO_SEND = text("next_try_at IS NOT NULL")


class Delivery(Base):
    """One thing given to one person: its ladder, how high it is climbed, who has received and answered it."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "user_id", name="uq_delivery_subject_person"),
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="ck_delivery_settled"),
        Index("ix_delivery_climb", "next_look_at", sqlite_where=TO_CLIMB, postgresql_where=TO_CLIMB),
        Index("ix_delivery_open", "court_id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_delivery_person", "user_id", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(IDENTIFIER)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    """The court whose people it is given to."""
    issuing_court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    leader_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(String(200))
    """As desks see it; never in a push or a message."""
    reference: Mapped[str] = mapped_column(String(40))
    """The number a message may name: it says nothing of the case."""
    ladder: Mapped[str] = mapped_column(String(20))
    covert: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime] = mapped_column(Instant)
    deadline_at: Mapped[datetime | None] = mapped_column(Instant)
    climbed: Mapped[list[str]] = mapped_column(JSON_DOCUMENT, default=list)
    rounds: Mapped[int] = mapped_column(default=0)
    """How often a desk sent it again."""
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    """When somebody it was given to answered, this person or another: then no commander need be alarmed."""
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by: Mapped[str | None] = mapped_column(String(12))
    next_look_at: Mapped[datetime | None] = mapped_column(Instant)


class DeliveryDevice(Base):
    """How far a thing came to one phone, each stage with its time and channel; what stands in the way of waking it."""

    __tablename__ = "delivery_device"
    __table_args__ = ({"info": UNAUDITED},)

    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), primary_key=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    emitted_at: Mapped[datetime | None] = mapped_column(Instant)
    pushed_at: Mapped[datetime | None] = mapped_column(Instant)
    device_received_at: Mapped[datetime | None] = mapped_column(Instant)
    displayed_at: Mapped[datetime | None] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    channel: Mapped[str | None] = mapped_column(String(12))
    """By which the device first had it."""
    trouble: Mapped[str | None] = mapped_column(String(40))


class DeliveryAttempt(Base):
    """One sending by one channel to one device or number; its id is the idempotency key of every try of it."""

    __tablename__ = "delivery_attempt"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'taken', 'sent', 'failed', 'moot')", name="ck_delivery_attempt_state"
        ),
        Index("ix_delivery_attempt_due", "next_try_at", sqlite_where=TO_SEND, postgresql_where=TO_SEND),
        Index("ix_delivery_attempt_delivery", "delivery_id"),
        {"info": UNAUDITED},
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"))
    device_id: Mapped[str | None] = mapped_column(ForeignKey("device.id"))
    rung: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(8))
    code: Mapped[str | None] = mapped_column(String(60))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it is (again) to be taken in hand; while it is taken, when whoever took it must have died."""
    finished_at: Mapped[datetime | None] = mapped_column(Instant)


class DeliveryCall(Base):
    """A call by hand to a person no channel reached, and what came of it."""

    __tablename__ = "delivery_call"
    __table_args__ = (Index("ix_delivery_call_delivery", "delivery_id"),)

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"))
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(Text)


class PushSubscription(Base):
    """Where the browser of a phone receives push messages; one a phone, gone when its service said so."""

    __tablename__ = "push_subscription"
    __table_args__ = (
        UniqueConstraint("endpoint_sha256", name="uq_push_subscription_endpoint"),
        CheckConstraint("state IN ('active', 'gone')", name="ck_push_subscription_state"),
        {"info": UNAUDITED},
    )

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    endpoint: Mapped[str] = mapped_column(String(1000))
    endpoint_sha256: Mapped[str] = mapped_column(String(64))
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(8))
    trouble: Mapped[str | None] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class SelfCheck(Base):
    """What a phone last found of itself (一键自检): whether it can be woken, and what stands in the way."""

    __tablename__ = "self_check"
    __table_args__ = ({"info": UNAUDITED},)

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    report: Mapped[dict[str, Any]] = mapped_column(JSON_DOCUMENT)


class LinkTest(Base):
    """A test of every phone of a court, as courts must run one a month; its deliveries are its report."""

    __tablename__ = "link_test"
    __table_args__ = (Index("ix_link_test_court", "court_id", "started_at"),)

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    started_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
