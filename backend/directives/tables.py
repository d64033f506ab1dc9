"""Tables of directives: the order itself, its members' answers, every step on its way, and the written feedback."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import Base
from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant
from backend.directives.rules import ENDED, Kind, State

STATE_LIST = ", ".join(f"'{state}'" for state in State)
KIND_LIST = ", ".join(f"'{kind}'" for kind in Kind)
OPEN_ONLY = text(f"state NOT IN ({', '.join(sorted(repr(str(state)) for state in ENDED))})")


class Directive(Base):
    """One directive to a court, a team or a person, with a link to the directive it carries out."""

    __tablename__ = "directive"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATE_LIST})", name="ck_directive_state"),
        CheckConstraint(f"kind IN ({KIND_LIST})", name="ck_directive_kind"),
        CheckConstraint("urgency IN ('urgent', 'normal')", name="ck_directive_urgency"),
        CheckConstraint("target_team_id IS NULL OR target_user_id IS NULL", name="ck_directive_one_target"),
        UniqueConstraint("number", name="uq_directive_number"),
        Index("ix_directive_target", "target_court_id", "state"),
        Index("ix_directive_issuing", "issuing_court_id", "state"),
        Index("ix_directive_lead", "lead_id"),
        Index("ix_directive_parent", "parent_id"),
        Index("ix_directive_open", "issued_at", sqlite_where=OPEN_ONLY, postgresql_where=OPEN_ONLY),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(20))
    state_before_objection: Mapped[str | None] = mapped_column(String(20))
    urgency: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(200))
    facts: Mapped[str] = mapped_column(Text)
    required_action: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[str] = mapped_column(Text)
    case_number: Mapped[str | None] = mapped_column(String(60))
    legacy_case_number: Mapped[str | None] = mapped_column(String(200))
    place: Mapped[dict[str, Any] | None] = mapped_column(JSON_DOCUMENT)
    issuing_court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    issuer_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    target_court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    target_team_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"))
    target_user_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("directive.id"))
    lead_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    officers_required: Mapped[int] = mapped_column(default=2)
    woman_required: Mapped[bool] = mapped_column(default=False)
    fetches_debtor: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The receiving court's own debtor is held elsewhere and must be fetched (BSS-10): C8 runs in place of C6."""
    covert: Mapped[bool] = mapped_column(default=False, server_default=false())
    """An alarm could betray a stake-out: phones stay dark and silent (domain 1.16)."""
    responsible_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime] = mapped_column(Instant)
    served_at: Mapped[datetime] = mapped_column(Instant)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    reported_at: Mapped[datetime | None] = mapped_column(Instant)
    departed_at: Mapped[datetime | None] = mapped_column(Instant)
    arrived_at: Mapped[datetime | None] = mapped_column(Instant)
    completed_at: Mapped[datetime | None] = mapped_column(Instant)
    feedback_at: Mapped[datetime | None] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(Text)

    @property
    def is_to_court(self) -> bool:
        """Whether it was given to a court and not to a team or person of it."""
        return self.target_team_id is None and self.target_user_id is None


class OutsideReceipt(Base):
    """How a directive reached the court outside the system: by telephone or fax, from whom, read back or not (A13)."""

    __tablename__ = "outside_receipt"
    __table_args__ = (
        CheckConstraint("channel IN ('phone', 'fax')", name="ck_outside_receipt_channel"),
        UniqueConstraint("copy_id", name="uq_outside_receipt_copy"),
    )

    directive_id: Mapped[str] = mapped_column(ForeignKey("directive.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(8))
    caller_name: Mapped[str] = mapped_column(String(80))
    call_back_number: Mapped[str | None] = mapped_column(String(40))
    read_back: Mapped[bool]
    issuer_number: Mapped[str | None] = mapped_column(String(80))
    received_at: Mapped[datetime] = mapped_column(Instant)
    registered_at: Mapped[datetime] = mapped_column(Instant)
    registered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    copy_id: Mapped[str | None] = mapped_column(ForeignKey("directive.id"))
    """The system's own copy that came later."""


class DirectiveMember(Base):
    """One person a directive was given to, with the answer and when a device of theirs had it."""

    __tablename__ = "directive_member"
    __table_args__ = (
        CheckConstraint("answer IN ('pending', 'accepted', 'declined')", name="ck_directive_member_answer"),
        CheckConstraint("answer <> 'declined' OR reason IS NOT NULL", name="ck_directive_member_reason"),
        Index("ix_directive_member_person", "user_id"),
    )

    directive_id: Mapped[str] = mapped_column(ForeignKey("directive.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    position: Mapped[int]
    duty: Mapped[str] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(String(10), default="pending")
    reason: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    device_received_at: Mapped[datetime | None] = mapped_column(Instant)


class DirectiveStep(Base):
    """One act on a directive, kept whatever became of it: when it happened, when it arrived, and its result."""

    __tablename__ = "directive_step"
    __table_args__ = (
        CheckConstraint("result IN ('applied', 'superseded')", name="ck_directive_step_result"),
        Index("ix_directive_step_directive", "directive_id", "received_at"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    directive_id: Mapped[str] = mapped_column(ForeignKey("directive.id"))
    revision: Mapped[int]
    act: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str] = mapped_column(IDENTIFIER)
    actor_name: Mapped[str] = mapped_column(String(80))
    device_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    time_trusted: Mapped[bool] = mapped_column(default=True)
    text: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON_DOCUMENT)
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    result: Mapped[str] = mapped_column(String(12))


class Feedback(Base):
    """A written feedback report (反馈报告); a returned one is followed by a further version, never changed."""

    __tablename__ = "feedback_report"
    __table_args__ = (
        CheckConstraint(
            "result IN ('completed', 'partly', 'not_possible')", name="ck_feedback_report_result"
        ),
    )

    directive_id: Mapped[str] = mapped_column(ForeignKey("directive.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    writer_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    result: Mapped[str] = mapped_column(String(14))
    text: Mapped[str] = mapped_column(Text)
    persons: Mapped[str | None] = mapped_column(Text)
    property: Mapped[str | None] = mapped_column(Text)
    documents_served: Mapped[str | None] = mapped_column(Text)
    money_controlled: Mapped[str | None] = mapped_column(String(60))
    next_step: Mapped[str | None] = mapped_column(Text)
