"""What becomes of orders when the lead they rest on is merged into another (A16)."""

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.directives.publish import publish_directive
from backend.directives.tables import Directive


def move_to_lead(work: UnitOfWork, from_lead_id: str, to_lead_id: str) -> None:
    """Let the orders of one lead rest on another; the caller has authorised and audits the merging."""
    rows = work.session.execute(
        select(Directive).where(Directive.lead_id == from_lead_id).order_by(Directive.id).with_for_update()
    )
    for row in rows.scalars().all():
        row.lead_id = to_lead_id
        row.revision += 1
        publish_directive(work, row)
