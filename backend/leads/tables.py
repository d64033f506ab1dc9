"""Tables of leads; the reporter's identity stands apart, behind its own permission and view log."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import Base
from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant
from backend.leads.rules import State, Triage

STATE_LIST = ", ".join(f"'{state}'" for state in State)
TRIAGE_LIST = ", ".join(f"'{triage}'" for triage in Triage)


class Lead(Base):
    """A lead as registered (线索登记表), without the reporter's identity."""

    __tablename__ = "lead"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATE_LIST})", name="ck_lead_state"),
        CheckConstraint(f"triage IN ({TRIAGE_LIST})", name="ck_lead_triage"),
        CheckConstraint("kind IN ('property', 'whereabouts', 'both')", name="ck_lead_kind"),
        UniqueConstraint("number", name="uq_lead_number"),
        Index("ix_lead_court", "court_id", "received_at"),
        Index("ix_lead_merged", "merged_into_id"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(String(40))
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    state: Mapped[str] = mapped_column(String(24))
    triage: Mapped[str | None] = mapped_column(String(12))
    triage_reason: Mapped[str | None] = mapped_column(Text)
    triaged_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(12))
    received_at: Mapped[datetime] = mapped_column(Instant)
    registered_at: Mapped[datetime] = mapped_column(Instant)
    duty_officer_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    case_number: Mapped[str | None] = mapped_column(String(60))
    legacy_case_number: Mapped[str | None] = mapped_column(String(200))
    debtor_name: Mapped[str | None] = mapped_column(String(200))
    debtor_identity_tail: Mapped[str | None] = mapped_column(String(6))
    content: Mapped[str] = mapped_column(Text)
    place: Mapped[dict[str, Any] | None] = mapped_column(JSON_DOCUMENT)
    chance_from: Mapped[datetime | None] = mapped_column(Instant)
    chance_until: Mapped[datetime | None] = mapped_column(Instant)
    grounds: Mapped[list[str]] = mapped_column(JSON_DOCUMENT)
    risks: Mapped[list[str]] = mapped_column(JSON_DOCUMENT)
    reported_to: Mapped[str | None] = mapped_column(String(200))
    reported_by_channel: Mapped[str | None] = mapped_column(String(12))
    reported_at: Mapped[datetime | None] = mapped_column(Instant)
    leader_instruction: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(Text)
    reply: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    merged_into_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    """The lead about the same event that came first (A16); this one is closed and keeps its reporter."""


class Reporter(Base):
    """Who reported a lead; never on an order, a push, a phone or an export (domain 1.16)."""

    __tablename__ = "lead_reporter"

    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id"), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(40))
    relation: Mapped[str | None] = mapped_column(String(200))
    wants_anonymity: Mapped[bool] = mapped_column(default=False)
    wants_reply: Mapped[bool] = mapped_column(default=False)
