"""Reading the audit log: what desks must know of what was done before them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

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
