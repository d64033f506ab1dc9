"""The tables of the ground floor: the server's epoch, the audit log, the outbox and the receipts of commands."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    UpdateBase,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant

ROW_NUMBER = BigInteger().with_variant(Integer(), "sqlite")
UNAUDITED = {"audited": False}
"""Table info for rows that are themselves the record, or too volatile to be one."""


class Base(DeclarativeBase):
    """The one declarative base of every room's tables."""


class ServerState(Base):
    """One row: the epoch of this database (new after a restore), the cursors of the feed, and the version of authority.

    `authority_version` grows with every change of courts, appointments and teams: whoever was worked out to be
    somebody under an older version is worked out again.
    """

    __tablename__ = "server_state"
    __table_args__ = (CheckConstraint("id = 1", name="ck_server_state_one_row"), {"info": UNAUDITED})

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(IDENTIFIER)
    last_cursor: Mapped[int] = mapped_column(BigInteger, default=0)
    pruned_cursor: Mapped[int] = mapped_column(BigInteger, default=0)
    authority_version: Mapped[int] = mapped_column(BigInteger, default=0)


class AuditEntry(Base):
    """One line of the audit log: who did what to which thing, when it happened and when it arrived."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id"),
        Index("ix_audit_entry_court", "court_id", "recorded_at"),
        {"info": UNAUDITED},
    )

    id: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True, autoincrement=True)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    actor_id: Mapped[str] = mapped_column(IDENTIFIER)
    actor_name: Mapped[str] = mapped_column(String(80))
    device_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    court_id: Mapped[str] = mapped_column(IDENTIFIER)
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(80))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON_DOCUMENT)


class OutboxEvent(Base):
    """One live event; the cursor is given after commit on PostgreSQL, inside the only writer on SQLite."""

    __tablename__ = "outbox_event"
    __table_args__ = (
        UniqueConstraint("cursor", name="uq_outbox_event_cursor"),
        Index("ix_outbox_event_unsequenced", "id", postgresql_where=text("cursor IS NULL")),
        {"info": UNAUDITED},
    )

    id: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True, autoincrement=True)
    cursor: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(80))
    revision: Mapped[int] = mapped_column(Integer)
    court_id: Mapped[str] = mapped_column(IDENTIFIER)
    team_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    at: Mapped[datetime] = mapped_column(Instant)
    rooms: Mapped[list[str]] = mapped_column(JSON_DOCUMENT)
    data: Mapped[dict[str, Any]] = mapped_column(JSON_DOCUMENT)


class CommandReceipt(Base):
    """The stored answer to one command of a phone or desk, written in the same commit as its effect.

    `payload` is the exact text a phone signed; of an unsigned desk command only the digest is kept.
    """

    __tablename__ = "command_receipt"
    __table_args__ = (
        UniqueConstraint("device_id", "sequence", name="uq_command_receipt_sequence"),
        CheckConstraint("result IN ('applied', 'superseded', 'rejected')", name="ck_command_receipt_result"),
        {"info": UNAUDITED},
    )

    command_id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    device_id: Mapped[str] = mapped_column(String(80))
    sequence: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[str] = mapped_column(IDENTIFIER)
    type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str] = mapped_column(String(80))
    payload: Mapped[str] = mapped_column(Text)
    payload_sha256: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str | None] = mapped_column(String(120))
    received_at: Mapped[datetime] = mapped_column(Instant)
    result: Mapped[str] = mapped_column(String(12))
    answer: Mapped[str] = mapped_column(Text)


class Viewing(Base):
    """That a person saw something secret in one way: once an hour of the clock, written and never changed (BSS-12(6)).

    `at` is the first time in that hour.
    """

    __tablename__ = "viewing"
    __table_args__ = (
        CheckConstraint(
            "way IN ('listed', 'opened', 'printed', 'reporter', 'exported', 'searched',"
            " 'order_listed', 'order_opened', 'order_printed')",
            name="ck_viewing_way",
        ),
        Index("ix_viewing_subject", "subject_kind", "subject_id", "at"),
        {"info": UNAUDITED},
    )

    subject_kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    actor_id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    way: Mapped[str] = mapped_column(String(16), primary_key=True)
    hour: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    actor_name: Mapped[str] = mapped_column(String(80))
    court_id: Mapped[str] = mapped_column(IDENTIFIER)
    device_id: Mapped[str | None] = mapped_column(IDENTIFIER)


def is_audited(table: Any) -> bool:
    """Tell whether a change of this table needs an audit line and a permission check."""
    return bool(table.info.get("audited", True))


WRITES = re.compile(r"\s*(?:insert\s+into|update|delete\s+from)\s+(\w+)", re.IGNORECASE)


def written_table(statement: Any) -> Table | None:
    """Return the table of ours that an INSERT, UPDATE or DELETE statement changes, also one written as text."""
    if isinstance(statement, UpdateBase):
        table = getattr(statement, "table", None)
        return table if isinstance(table, Table) else None
    if isinstance(statement, TextClause) and (found := WRITES.match(statement.text)):
        return Base.metadata.tables.get(found[1])
    return None
