"""Tables of accountability: what awaits an explanation, whom it concerns, their words, complaints and complainants."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.accountability.rules import ENDED, MECHANICAL, Decision, Ground, Opened, Reason, State
from backend.core.tables import Base
from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant


def one_of(column: str, values: type[StrEnum] | frozenset[Ground] | frozenset[State]) -> str:
    """Return the condition that a column holds one of the values, in SQL."""
    return f"{column} IN ({', '.join(sorted(repr(str(value)) for value in values))})"


class Record(Base):
    """One thing that awaits an explanation (待说明), and how it ended; it never proposes a sanction.

    `evidence` is what was known when people ended it, frozen with its digest; before, it is read from its sources.
    """

    __tablename__ = "accountability_record"
    __table_args__ = (
        CheckConstraint(one_of("state", State), name="ck_accountability_record_state"),
        CheckConstraint(one_of("ground", Ground), name="ck_accountability_record_ground"),
        CheckConstraint(one_of("opened_as", Opened), name="ck_accountability_record_opened_as"),
        CheckConstraint(one_of("decision", Decision), name="ck_accountability_record_decision"),
        CheckConstraint(
            "(opened_as = 'clock') = (clock_id IS NOT NULL) AND (opened_as = 'clock') = (opened_by IS NULL)"
            " AND (opened_as = 'complaint') = (complaint_id IS NOT NULL)",
            name="ck_accountability_record_opening",
        ),
        # Misconduct, attitude, coercion, a leak: never by a clock.
        CheckConstraint(
            f"opened_as <> 'clock' OR {one_of('ground', MECHANICAL)}", name="ck_accountability_record_human"
        ),
        CheckConstraint("opened_as = 'clock' OR words IS NOT NULL", name="ck_accountability_record_words"),
        CheckConstraint(
            "(subject_kind IS NULL) = (subject_id IS NULL) AND"
            " (subject_kind IS NULL OR subject_kind IN ('lead', 'directive'))",
            name="ck_accountability_record_subject",
        ),
        CheckConstraint(
            f"({one_of('state', ENDED)}) = (ended_at IS NOT NULL)", name="ck_accountability_record_ended"
        ),
        CheckConstraint(
            "(state IN ('reason_accepted', 'decided')) = (ended_by IS NOT NULL)"
            " AND (ended_by IS NULL) = (ended_words IS NULL)",
            name="ck_accountability_record_ended_by",
        ),
        CheckConstraint(
            "(state = 'decided') = (decision IS NOT NULL)", name="ck_accountability_record_decided"
        ),
        CheckConstraint(
            "(decision IS NOT NULL AND decision = 'referred') = (referred_to IS NOT NULL)",
            name="ck_accountability_record_referred",
        ),
        CheckConstraint(
            "(ended_by IS NULL) = (evidence IS NULL) AND (evidence IS NULL) = (evidence_sha256 IS NULL)",
            name="ck_accountability_record_evidence",
        ),
        CheckConstraint(
            "contradicted_at IS NULL OR ended_by IS NOT NULL", name="ck_accountability_record_contradicted"
        ),
        UniqueConstraint("number", name="uq_accountability_record_number"),
        UniqueConstraint("clock_id", name="uq_accountability_record_clock"),
        Index("ix_accountability_record_court", "court_id", "state"),
        Index("ix_accountability_record_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(String(40))
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    ground: Mapped[str] = mapped_column(String(40))
    clause: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default=State.OPEN)
    opened_as: Mapped[str] = mapped_column(String(10))
    opened_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    happened_at: Mapped[datetime] = mapped_column(Instant)
    """The limit that passed; otherwise when it is said to have happened."""
    words: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(200))
    subject_kind: Mapped[str | None] = mapped_column(String(10))
    subject_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    clock_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    complaint_id: Mapped[str | None] = mapped_column(ForeignKey("complaint.id"))
    decision: Mapped[str | None] = mapped_column(String(12))
    referred_to: Mapped[str | None] = mapped_column(String(200))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    ended_words: Mapped[str | None] = mapped_column(Text)
    contradicted_at: Mapped[datetime | None] = mapped_column(Instant)
    """When an act on time arrived after people had ended the record: its decider must look again."""
    evidence: Mapped[dict[str, Any] | None] = mapped_column(JSON_DOCUMENT)
    evidence_sha256: Mapped[str | None] = mapped_column(String(64))


class FormerDecision(Base):
    """How people had ended a record before an act on time arrived and it was decided again; nothing of it is lost."""

    __tablename__ = "accountability_former_decision"

    record_id: Mapped[str] = mapped_column(ForeignKey("accountability_record.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    decision: Mapped[str | None] = mapped_column(String(12))
    referred_to: Mapped[str | None] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)
    contradicted_at: Mapped[datetime] = mapped_column(Instant)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON_DOCUMENT)
    evidence_sha256: Mapped[str] = mapped_column(String(64))


class RecordPerson(Base):
    """One person a record concerns, with the fact that makes it so and when they were told.

    `released_at`: another turned out to have carried it, or a judge found that the person was named by mistake and said
    why (`released_by`, `released_words`); the line stays.
    """

    __tablename__ = "accountability_person"
    __table_args__ = (
        CheckConstraint(one_of("reason", Reason), name="ck_accountability_person_reason"),
        Index("ix_accountability_person_person", "user_id"),
    )

    record_id: Mapped[str] = mapped_column(ForeignKey("accountability_record.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(16))
    is_commander: Mapped[bool]
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    released_by: Mapped[str | None] = mapped_column(IDENTIFIER)
    released_words: Mapped[str | None] = mapped_column(Text)


class Explanation(Base):
    """One version of a person's own words; none replaces another."""

    __tablename__ = "accountability_explanation"

    record_id: Mapped[str] = mapped_column(ForeignKey("accountability_record.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    device_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    time_trusted: Mapped[bool] = mapped_column(default=True)


class Complaint(Base):
    """A complaint (投诉) about how a contact was treated (BSS-11), without the complainant's identity."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("channel IN ('phone', 'in_person')", name="ck_complaint_channel"),
        UniqueConstraint("number", name="uq_complaint_number"),
        Index("ix_complaint_court", "court_id", "received_at"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    received_at: Mapped[datetime] = mapped_column(Instant)
    happened_at: Mapped[datetime] = mapped_column(Instant)
    registered_at: Mapped[datetime] = mapped_column(Instant)
    registered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(Text)
    about_user_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    recording: Mapped[str | None] = mapped_column(String(200))
    lead_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    directive_id: Mapped[str | None] = mapped_column(IDENTIFIER)


class Complainant(Base):
    """Who complained; apart from the complaint, behind its own permission and view log, as reporters are."""

    __tablename__ = "complaint_complainant"

    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(40))
    relation: Mapped[str | None] = mapped_column(String(200))
    wants_anonymity: Mapped[bool] = mapped_column(default=False)
    wants_reply: Mapped[bool] = mapped_column(default=False)
