"""Tables of emergencies: each with its lines, a command post's number, the check-ins of risky orders."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import Base
from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant
from backend.emergencies.rules import EmergencyAct, EmergencyKind, EmergencyResult, EmergencyState


def one_of(column: str, values: type[StrEnum]) -> str:
    """Return the condition that a column holds one of the values, in SQL."""
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


NOT_CLOSED = text("state <> 'closed'")
ONE_OPEN = text("state <> 'closed' AND kind = 'sos'")
TO_ESCALATE = text("next_step_at IS NOT NULL")


class Emergency(Base):
    """A call for help, or a check-in that was missed: pressed at `raised_at`, here since `received_at`.

    `alarmed` are the courts whose desks sound until somebody answers. One call for help a person is open at a time, and
    one drill beside it.
    """

    __tablename__ = "emergency"
    __table_args__ = (
        CheckConstraint(one_of("kind", EmergencyKind), name="ck_emergency_kind"),
        CheckConstraint(one_of("state", EmergencyState), name="ck_emergency_state"),
        CheckConstraint(one_of("result", EmergencyResult), name="ck_emergency_result"),
        CheckConstraint("(state = 'closed') = (result IS NOT NULL)", name="ck_emergency_closed"),
        CheckConstraint("(longitude IS NULL) = (latitude IS NULL)", name="ck_emergency_place"),
        Index("ix_emergency_court", "court_id", "received_at"),
        Index("ix_emergency_user", "user_id", "received_at"),
        Index("ix_emergency_open", "court_id", sqlite_where=NOT_CLOSED, postgresql_where=NOT_CLOSED),
        Index("ix_emergency_due", "next_step_at", sqlite_where=TO_ESCALATE, postgresql_where=TO_ESCALATE),
        Index(
            "uq_emergency_one_open",
            "user_id",
            "drill",
            unique=True,
            sqlite_where=ONE_OPEN,
            postgresql_where=ONE_OPEN,
        ),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(16))
    drill: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[str] = mapped_column(String(10))
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    device_id: Mapped[str | None] = mapped_column(ForeignKey("device.id"))
    team_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"))
    directive_id: Mapped[str | None] = mapped_column(ForeignKey("directive.id"))
    raised_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    time_trusted: Mapped[bool] = mapped_column(default=True)
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    fixed_at: Mapped[datetime | None] = mapped_column(Instant)
    battery_percent: Mapped[float | None]
    note: Mapped[str | None] = mapped_column(Text)
    alarmed: Mapped[list[str]] = mapped_column(JSON_DOCUMENT)
    steps_done: Mapped[int] = mapped_column(default=0)
    next_step_at: Mapped[datetime | None] = mapped_column(Instant)
    unconfirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Of a missed check-in: the phone is out of contact and may still hold the proof."""
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    safe_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    result: Mapped[str | None] = mapped_column(String(12))
    words: Mapped[str | None] = mapped_column(Text)


class EmergencyLine(Base):
    """One thing that happened in an emergency, in the order it came; `press_id` is the id the phone gave its press."""

    __tablename__ = "emergency_line"
    __table_args__ = (
        CheckConstraint(one_of("act", EmergencyAct), name="ck_emergency_line_act"),
        Index("ix_emergency_line_emergency", "emergency_id", "received_at"),
        Index("ix_emergency_line_press", "press_id"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    emergency_id: Mapped[str] = mapped_column(ForeignKey("emergency.id"))
    act: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    actor_id: Mapped[str] = mapped_column(IDENTIFIER)
    actor_name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str | None] = mapped_column(Text)
    press_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON_DOCUMENT, default=dict)


class CourtDutyPhone(Base):
    """The telephone number of a court's command post, which its phones may write or call when nothing else goes."""

    __tablename__ = "court_duty_phone"

    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(24))
    set_at: Mapped[datetime] = mapped_column(Instant)


TO_LOOK_AT = text("look_at IS NOT NULL")


class CheckInPlan(Base):
    """That the members of an order check in every so many minutes while they are out; None: no longer."""

    __tablename__ = "check_in_plan"
    __table_args__ = (CheckConstraint("minutes BETWEEN 5 AND 60", name="ck_check_in_plan_minutes"),)

    directive_id: Mapped[str] = mapped_column(ForeignKey("directive.id"), primary_key=True)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    revision: Mapped[int] = mapped_column(default=1)
    minutes: Mapped[int | None]
    set_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(Instant)


class CheckIn(Base):
    """One member who is out: when the next check-in is due, the last one, and the alarm that its lack has raised.

    `look_at`: when the worker looks whether it came; None while nothing is to be looked for.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        Index("ix_check_in_due", "look_at", sqlite_where=TO_LOOK_AT, postgresql_where=TO_LOOK_AT),
        Index("ix_check_in_user", "user_id"),
    )

    directive_id: Mapped[str] = mapped_column(ForeignKey("check_in_plan.directive_id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    active: Mapped[bool]
    due_at: Mapped[datetime] = mapped_column(Instant)
    look_at: Mapped[datetime | None] = mapped_column(Instant)
    last_at: Mapped[datetime | None] = mapped_column(Instant)
    emergency_id: Mapped[str | None] = mapped_column(ForeignKey("emergency.id"))
