"""Tables of duty: shifts and who is in them, swaps, handovers, notes of the duty log, roll calls and their answers."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import Base
from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant
from backend.duty.rules import (
    OPEN_HANDOVERS,
    OPEN_SWAPS,
    DutyFunction,
    HandoverState,
    NoteCategory,
    Post,
    ShiftState,
    Standing,
    SwapState,
)


def one_of(column: str, values: type[StrEnum] | frozenset[StrEnum]) -> str:
    """Return the condition that a column holds one of the values, in SQL."""
    return f"{column} IN ({', '.join(sorted(repr(str(value)) for value in values))})"


ON_POST = text("state = 'on_post'")
OPEN_SWAP = text(one_of("state", frozenset(OPEN_SWAPS)))
OPEN_HANDOVER = text(one_of("state", frozenset(OPEN_HANDOVERS)))
OPEN_ROLL_CALL = text("closed_at IS NULL")


class Shift(Base):
    """A shift of a court's post: as planned, and when the duty was really taken over and given on."""

    __tablename__ = "duty_shift"
    __table_args__ = (
        CheckConstraint(one_of("post", Post), name="ck_duty_shift_post"),
        CheckConstraint(one_of("state", ShiftState), name="ck_duty_shift_state"),
        CheckConstraint("planned_end > planned_start", name="ck_duty_shift_times"),
        CheckConstraint(
            "(state IN ('planned', 'absent') AND on_post_at IS NULL AND off_post_at IS NULL)"
            " OR (state = 'on_post' AND on_post_at IS NOT NULL AND off_post_at IS NULL)"
            " OR (state = 'handed_over' AND on_post_at IS NOT NULL AND off_post_at IS NOT NULL)",
            name="ck_duty_shift_facts",
        ),
        CheckConstraint("state <> 'absent' OR absent_reason IS NOT NULL", name="ck_duty_shift_absent"),
        Index("ix_duty_shift_court", "court_id", "planned_start"),
        Index("ix_duty_shift_facts", "court_id", "on_post_at"),
        Index(
            "uq_duty_shift_on_post",
            "court_id",
            "post",
            unique=True,
            sqlite_where=ON_POST,
            postgresql_where=ON_POST,
        ),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    post: Mapped[str] = mapped_column(String(8))
    planned_start: Mapped[datetime] = mapped_column(Instant)
    planned_end: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(12))
    on_post_at: Mapped[datetime | None] = mapped_column(Instant)
    off_post_at: Mapped[datetime | None] = mapped_column(Instant)
    absent_reason: Mapped[str | None] = mapped_column(Text)
    planned_by: Mapped[str] = mapped_column(IDENTIFIER)
    planned_at: Mapped[datetime] = mapped_column(Instant)
    relieves: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it takes over from the shift on post before that one is over: somebody fell ill."""


class ShiftPerson(Base):
    """One person of a shift with the function; who gave the place away stays, with the one who took it."""

    __tablename__ = "duty_shift_person"
    __table_args__ = (
        CheckConstraint(one_of("function", DutyFunction), name="ck_duty_shift_person_function"),
        CheckConstraint(one_of("standing", Standing), name="ck_duty_shift_person_standing"),
        CheckConstraint(
            "(standing = 'swapped') = (replaced_by IS NOT NULL)", name="ck_duty_shift_person_replaced"
        ),
        Index("ix_duty_shift_person_person", "user_id"),
    )

    shift_id: Mapped[str] = mapped_column(ForeignKey("duty_shift.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    position: Mapped[int]
    function: Mapped[str] = mapped_column(String(12))
    standing: Mapped[str] = mapped_column(String(8), default=Standing.NAMED)
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class Swap(Base):
    """One request that a named other takes a place in a shift (换班)."""

    __tablename__ = "duty_swap"
    __table_args__ = (
        CheckConstraint(one_of("state", SwapState), name="ck_duty_swap_state"),
        CheckConstraint("asker_id <> substitute_id", name="ck_duty_swap_two_people"),
        CheckConstraint(
            "decided_by IS NULL OR (decided_by <> asker_id AND decided_by <> substitute_id)",
            name="ck_duty_swap_decided_by_a_third",
        ),
        Index("ix_duty_swap_court", "court_id", "state"),
        Index(
            "uq_duty_swap_open",
            "shift_id",
            "asker_id",
            unique=True,
            sqlite_where=OPEN_SWAP,
            postgresql_where=OPEN_SWAP,
        ),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    shift_id: Mapped[str] = mapped_column(IDENTIFIER)
    """No key: a planned shift may be deleted, and what was asked about it stays."""
    asker_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    substitute_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answer_reason: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decision_reason: Mapped[str | None] = mapped_column(Text)


class Handover(Base):
    """One handover of a post: what is done and pending, remarks, the kit, and the two signatures."""

    __tablename__ = "duty_handover"
    __table_args__ = (
        CheckConstraint(one_of("state", HandoverState), name="ck_duty_handover_state"),
        CheckConstraint("outgoing_shift_id <> incoming_shift_id", name="ck_duty_handover_two_shifts"),
        CheckConstraint("outgoing_signed_by <> incoming_signed_by", name="ck_duty_handover_two_people"),
        CheckConstraint(
            "state <> 'done' OR (outgoing_signed_at IS NOT NULL AND incoming_signed_at IS NOT NULL"
            " AND done_at IS NOT NULL)",
            name="ck_duty_handover_both_signed",
        ),
        CheckConstraint(
            "state NOT IN ('signed_once', 'done') OR frozen_at IS NOT NULL", name="ck_duty_handover_frozen"
        ),
        Index("ix_duty_handover_court", "court_id", "drafted_at"),
        Index("ix_duty_handover_incoming", "incoming_shift_id"),
        Index(
            "uq_duty_handover_open",
            "outgoing_shift_id",
            unique=True,
            sqlite_where=OPEN_HANDOVER,
            postgresql_where=OPEN_HANDOVER,
        ),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    post: Mapped[str] = mapped_column(String(8))
    outgoing_shift_id: Mapped[str] = mapped_column(ForeignKey("duty_shift.id"))
    incoming_shift_id: Mapped[str] = mapped_column(ForeignKey("duty_shift.id"))
    state: Mapped[str] = mapped_column(String(12))
    drafted_by: Mapped[str] = mapped_column(IDENTIFIER)
    drafted_at: Mapped[datetime] = mapped_column(Instant)
    remarks: Mapped[str | None] = mapped_column(Text)
    kit: Mapped[dict[str, Any]] = mapped_column(JSON_DOCUMENT)
    done: Mapped[list[Any] | None] = mapped_column(JSON_DOCUMENT)
    pending: Mapped[list[Any] | None] = mapped_column(JSON_DOCUMENT)
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    outgoing_signed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    outgoing_signed_at: Mapped[datetime | None] = mapped_column(Instant)
    outgoing_device_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    outgoing_reason: Mapped[str | None] = mapped_column(Text)
    """Why the leader signed for an outgoing shift of which nobody could."""
    incoming_signed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    incoming_signed_at: Mapped[datetime | None] = mapped_column(Instant)
    incoming_device_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class DutyNote(Base):
    """A note of the duty log; never edited, a wrong one is corrected by a new one that names it."""

    __tablename__ = "duty_note"
    __table_args__ = (
        CheckConstraint(one_of("category", NoteCategory), name="ck_duty_note_category"),
        CheckConstraint("corrects_id IS NULL OR corrects_id <> id", name="ck_duty_note_corrects_another"),
        Index("ix_duty_note_court", "court_id", "written_at"),
        Index("ix_duty_note_corrects", "corrects_id"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    category: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    writer_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    corrects_id: Mapped[str | None] = mapped_column(ForeignKey("duty_note.id"))


class RollCall(Base):
    """A roll call (点名) started by a person; closed when all answered or its time passed."""

    __tablename__ = "roll_call"
    __table_args__ = (
        Index("ix_roll_call_court", "court_id", "started_at"),
        Index("ix_roll_call_open", "due_at", sqlite_where=OPEN_ROLL_CALL, postgresql_where=OPEN_ROLL_CALL),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    started_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class RollCallShift(Base):
    """A shift that was called; the key is what makes it once a shift."""

    __tablename__ = "roll_call_shift"

    shift_id: Mapped[str] = mapped_column(ForeignKey("duty_shift.id"), primary_key=True)
    roll_call_id: Mapped[str] = mapped_column(ForeignKey("roll_call.id"))


class RollCallAnswer(Base):
    """One person called: when and from where the answer came, or that the phone was out of contact at the limit."""

    __tablename__ = "roll_call_answer"
    __table_args__ = (
        CheckConstraint("answered_from IN ('phone', 'desk')", name="ck_roll_call_answer_from"),
        CheckConstraint("(answered_at IS NULL) = (answered_from IS NULL)", name="ck_roll_call_answer_whole"),
    )

    roll_call_id: Mapped[str] = mapped_column(ForeignKey("roll_call.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    shift_id: Mapped[str] = mapped_column(ForeignKey("duty_shift.id"))
    function: Mapped[str] = mapped_column(String(12))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_from: Mapped[str | None] = mapped_column(String(6))
    device_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    out_of_contact: Mapped[bool | None]
