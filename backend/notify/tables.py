"""Tables of notices: what was told, and to each person whether it was taken note of."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import Base
from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant
from backend.notify.rules import NoticeKind

KIND_LIST = ", ".join(f"'{kind}'" for kind in NoticeKind)
OPEN = text("acknowledged_at IS NULL")


class Notice(Base):
    """One thing told to some people; `at` is when it was due to be told, `given_at` when it was.

    `settled_at`: what it warned of can no longer happen, so nobody needs to act on it any more.
    """

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KIND_LIST})", name="ck_notice_kind"),
        Index("ix_notice_clock", "clock_id"),
        Index("ix_notice_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    kind: Mapped[str] = mapped_column(String(20))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(IDENTIFIER)
    title: Mapped[str] = mapped_column(String(200))
    clock_id: Mapped[str | None] = mapped_column(IDENTIFIER)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON_DOCUMENT, default=dict)
    """Of a clock: `clock`, `rulebook`, `clause`, `due_at`, `step`, `passed` (a clause whose number passed then).

    Of a record: `clause` and `matter`.
    """
    at: Mapped[datetime] = mapped_column(Instant)
    given_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)


class NoticeRecipient(Base):
    """One person a notice was given to, the posts it was given to them as, and who took note of it when."""

    __tablename__ = "notice_recipient"
    __table_args__ = (
        CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)", name="ck_notice_recipient_acknowledged"
        ),
        Index("ix_notice_recipient_open", "user_id", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    told_as: Mapped[list[str]] = mapped_column(JSON_DOCUMENT)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    told_by_desk: Mapped[str | None] = mapped_column(String(200))
    """How the desk told a person who could not take note themselves (by phone, in person)."""
