"""What the duty desk hands over of directives: those given to its court that nobody has answered yet (BSS-6)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.directives.rules import ENDED
from backend.directives.tables import Directive
from backend.duty.ports import OpenWork, Subject
from backend.people.permissions import Permission


class PendingDirectives:
    """The port of `duty` for directives."""

    subject_kind = "directive"
    permission = str(Permission.DIRECTIVE_READ)

    def subjects(self, session: Session, subject_ids: Collection[str]) -> dict[str, Subject]:
        """Return number and title of directives by id."""
        rows = session.execute(
            select(Directive.id, Directive.number, Directive.title).where(Directive.id.in_(subject_ids))
        )
        return {row.id: Subject(row.number, row.title) for row in rows}

    def pending(self, session: Session, court_id: str) -> list[OpenWork]:
        """Return the open directives to a court, its teams or people without an answer, the oldest first."""
        rows = session.execute(
            select(Directive.id, Directive.served_at)
            .where(
                Directive.target_court_id == court_id,
                Directive.acknowledged_at.is_(None),
                Directive.state.not_in(ENDED),
            )
            .order_by(Directive.served_at, Directive.id)
        )
        return [OpenWork(row.id, row.served_at) for row in rows]
