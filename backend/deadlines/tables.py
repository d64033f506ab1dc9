"""Tables of deadlines: loaded notices of the calendar, courts' hours and rulebooks, and every clock."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import Base
from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant
from backend.deadlines.rulebooks import ClockCode

CLOCK_LIST = ", ".join(f"'{code}'" for code in ClockCode)


class CalendarDay(Base):
    """One day of a year's notice that was loaded here: a holiday, or a weekend day made a workday."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        CheckConstraint("kind IN ('holiday', 'make_up_workday')", name="ck_calendar_day_kind"),
        CheckConstraint("status IN ('published', 'provisional')", name="ck_calendar_day_status"),
        CheckConstraint("status = 'provisional' OR source_date IS NOT NULL", name="ck_calendar_day_source"),
        Index("ix_calendar_day_year", "year"),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(200))
    source_date: Mapped[date | None]


class CourtHours(Base):
    """A court's sessions from a day on, as `08:30-12:00,13:30-17:30` on its wall clock."""

    __tablename__ = "work_schedule"

    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"), primary_key=True)
    effective_from: Mapped[date] = mapped_column(primary_key=True)
    sessions: Mapped[str] = mapped_column(String(80))


class RulebookAdoption(Base):
    """A court's dated act that makes a rulebook its own; `act` names the act."""

    __tablename__ = "rulebook_adoption"

    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"), primary_key=True)
    effective_from: Mapped[date] = mapped_column(primary_key=True)
    rulebook_id: Mapped[str] = mapped_column(String(40))
    act: Mapped[str] = mapped_column(String(200))
    article_7_at_night: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class ClockDoubt(Base):
    """A stretch in which the server's own time was in doubt while a clock of a rule ran; milliseconds the server was off.

    No foreign key: a batch that recreates the clocks on SQLite must not trip over it.
    """

    __tablename__ = "clock_doubt"
    __table_args__ = (
        CheckConstraint("cause IN ('offset', 'step')", name="ck_clock_doubt_cause"),
        CheckConstraint("cause <> 'step' OR until IS NOT NULL", name="ck_clock_doubt_step"),
        Index(
            "ix_clock_doubt_open",
            "clock_id",
            postgresql_where=text("until IS NULL"),
            sqlite_where=text("until IS NULL"),
        ),
    )

    clock_id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    cause: Mapped[str] = mapped_column(String(8), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    until: Mapped[datetime | None] = mapped_column(Instant)
    offset_ms: Mapped[int] = mapped_column(BigInteger)


class DeadlineClock(Base):
    """One clock on one subject: the clause it comes from, when it is due, and how it ended.

    `breached_at` is the limit itself, not the moment it was noticed (`detected_at`). No rule allows a pause.
    """

    __tablename__ = "deadline_clock"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "clock", name="uq_deadline_clock_subject"),
        CheckConstraint(f"clock IN ({CLOCK_LIST})", name="ck_deadline_clock_clock"),
        CheckConstraint("kind IN ('rule', 'target')", name="ck_deadline_clock_kind"),
        CheckConstraint("(limit_seconds IS NULL) <> (working_days IS NULL)", name="ck_deadline_clock_limit"),
        CheckConstraint("due_at > started_at", name="ck_deadline_clock_due"),
        CheckConstraint("regime IN ('working', 'off_hours', 'holiday')", name="ck_deadline_clock_regime"),
        CheckConstraint(
            "state IN ('running', 'met', 'breached', 'unconfirmed', 'cancelled')",
            name="ck_deadline_clock_state",
        ),
        CheckConstraint(
            "state <> 'met' OR (stopped_at IS NOT NULL AND stopped_at <= due_at)",
            name="ck_deadline_clock_met",
        ),
        CheckConstraint(
            "state <> 'cancelled' OR (cancelled_at IS NOT NULL AND cancelled_at <= due_at)",
            name="ck_deadline_clock_cancelled",
        ),
        CheckConstraint(
            "(state = 'breached') = (breached_at IS NOT NULL)", name="ck_deadline_clock_breached"
        ),
        CheckConstraint("breached_at = due_at", name="ck_deadline_clock_breached_at"),
        CheckConstraint(
            "(state IN ('breached', 'unconfirmed')) = (detected_at IS NOT NULL)",
            name="ck_deadline_clock_detected",
        ),
        # Those the watcher still has something to do with, the next first: it reads nothing else.
        Index(
            "ix_deadline_clock_next_look",
            "next_look_at",
            "id",
            postgresql_where=text("next_look_at IS NOT NULL"),
            sqlite_where=text("next_look_at IS NOT NULL"),
        ),
        # Those of a court by when they started: the figures.
        Index("ix_deadline_clock_started", "court_id", "started_at"),
        # Those whose act is still owed, late or not: the board.
        Index(
            "ix_deadline_clock_owed",
            "court_id",
            "due_at",
            postgresql_where=text("stopped_at IS NULL AND cancelled_at IS NULL"),
            sqlite_where=text("stopped_at IS NULL AND cancelled_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int]
    clock: Mapped[str] = mapped_column(String(4))
    rulebook_id: Mapped[str] = mapped_column(String(40))
    clause: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(8))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(IDENTIFIER)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    team_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    title: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[datetime] = mapped_column(Instant)
    limit_seconds: Mapped[int | None]
    working_days: Mapped[int | None]
    due_at: Mapped[datetime] = mapped_column(Instant)
    regime: Mapped[str | None] = mapped_column(String(10))
    provisional: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12))
    stopped_at: Mapped[datetime | None] = mapped_column(Instant)
    stopped_by: Mapped[str | None] = mapped_column(IDENTIFIER)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    cancelled_by: Mapped[str | None] = mapped_column(IDENTIFIER)
    breached_at: Mapped[datetime | None] = mapped_column(Instant)
    detected_at: Mapped[datetime | None] = mapped_column(Instant)
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(JSON_DOCUMENT, default=list)
    """Planned in the order of time: `at` (RFC 3339), `tell`, `clause`."""
    warnings_given: Mapped[int] = mapped_column(default=0)
    tell: Mapped[list[str]] = mapped_column(JSON_DOCUMENT, default=list)
    record: Mapped[str | None] = mapped_column(String(40))
    next_look_at: Mapped[datetime | None] = mapped_column(Instant)
