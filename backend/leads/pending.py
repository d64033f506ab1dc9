"""What the duty desk hands over of leads: those nobody has triaged yet (BSS-5(2), BSS-7)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.duty.ports import OpenWork, Subject
from backend.leads.rules import State
from backend.leads.tables import Lead
from backend.leads.views import title_of
from backend.people.permissions import Permission


class PendingLeads:
    """The port of `duty` for leads."""

    subject_kind = "lead"
    permission = str(Permission.LEAD_READ)

    def subjects(self, session: Session, subject_ids: Collection[str]) -> dict[str, Subject]:
        """Return number and title of leads by id."""
        rows = session.execute(select(Lead).where(Lead.id.in_(subject_ids))).scalars()
        return {lead.id: Subject(lead.number, title_of(lead)) for lead in rows}

    def pending(self, session: Session, court_id: str) -> list[OpenWork]:
        """Return the open leads of a court without a triage, the oldest first."""
        rows = session.execute(
            select(Lead.id, Lead.received_at)
            .where(Lead.court_id == court_id, Lead.triage.is_(None), Lead.state != State.CLOSED)
            .order_by(Lead.received_at, Lead.id)
        )
        return [OpenWork(row.id, row.received_at) for row in rows]
