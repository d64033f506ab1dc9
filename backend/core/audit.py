"""Reading the audit log: what desks must know of what was done before them, and what its readers ask for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from backend.core.permissions import SYSTEM
from backend.core.tables import AuditEntry


def lines_of(
    session: Session, subject_kind: str, subject_id: str, actions: Collection[str]
) -> list[AuditEntry]:
    """Return a subject's lines of these actions, in the order they were written."""
    return list(
        session.execute(
            select(AuditEntry)
            .where(
                AuditEntry.subject_kind == subject_kind,
                AuditEntry.subject_id == subject_id,
                AuditEntry.action.in_(actions),
            )
            .order_by(AuditEntry.id)
        ).scalars()
    )


def lines_about(
    session: Session,
    subjects: Collection[tuple[str, str]],
    *,
    limit: int = 500,
) -> list[AuditEntry]:
    """Return the last lines of several subjects, pairs of kind and id, in the order they happened."""
    query = select(AuditEntry).where(_about(subjects))
    last = query.order_by(AuditEntry.occurred_at.desc(), AuditEntry.id.desc()).limit(limit)
    return list(session.execute(last).scalars())[::-1]


def lines_before(
    session: Session,
    subjects: Collection[tuple[str, str]],
    begin: datetime,
    before: datetime,
    *,
    limit: int,
) -> list[AuditEntry]:
    """Return the last lines of several subjects that happened in a stretch of time, the last first.

    Without the clocks' own lines and those of nobody: what moved a clock has a line itself.
    """
    query = (
        select(AuditEntry)
        .where(
            _about(subjects),
            AuditEntry.occurred_at >= begin,
            AuditEntry.occurred_at < before,
            AuditEntry.actor_id != SYSTEM.user_id,
            AuditEntry.action.not_like("clock.%"),
        )
        .order_by(AuditEntry.occurred_at.desc(), AuditEntry.id.desc())
    )
    return list(session.execute(query.limit(limit)).scalars())


def _about(subjects: Collection[tuple[str, str]]) -> ColumnElement[bool]:
    return or_(
        false(),
        *(and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id == one) for kind, one in subjects),
    )


@dataclass(frozen=True)
class AuditFilter:
    """Which lines a reader asks for; what is None does not matter. `action` is what the action begins with."""

    subject_kind: str | None = None
    subject_id: str | None = None
    actor_id: str | None = None
    action: str | None = None
    begin: datetime | None = None
    end: datetime | None = None


def lines_seen(
    session: Session, court_ids: Collection[str], wanted: AuditFilter, *, limit: int, before: int | None
) -> list[AuditEntry]:
    """Return the lines of these courts that were recorded in the stretch of time, newest first, older than `before`."""
    query = select(AuditEntry).where(AuditEntry.court_id.in_(court_ids))
    for column, value in (
        (AuditEntry.subject_kind, wanted.subject_kind),
        (AuditEntry.subject_id, wanted.subject_id),
        (AuditEntry.actor_id, wanted.actor_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.action is not None:
        query = query.where(AuditEntry.action.startswith(wanted.action, autoescape=True))
    if wanted.begin is not None:
        query = query.where(AuditEntry.recorded_at >= wanted.begin)
    if wanted.end is not None:
        query = query.where(AuditEntry.recorded_at < wanted.end)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return list(session.execute(query.order_by(AuditEntry.id.desc()).limit(limit)).scalars())


def lines_during(
    session: Session,
    court_id: str,
    actions: Collection[str],
    begin: datetime,
    end: datetime,
    *,
    limit: int,
    before: int | None = None,
) -> list[AuditEntry]:
    """Return a court's lines of these actions recorded from begin until end, newest first, older than `before`."""
    query = select(AuditEntry).where(
        AuditEntry.court_id == court_id,
        AuditEntry.action.in_(sorted(actions)),
        AuditEntry.recorded_at >= begin,
        AuditEntry.recorded_at < end,
    )
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return list(session.execute(query.order_by(AuditEntry.id.desc()).limit(limit)).scalars())
