"""What a clock does to the orders that show it: they are told again, so that every phone counts the same (A8)."""

from sqlalchemy import or_, select

from backend.core.database import UnitOfWork
from backend.deadlines.events import ClockEvent
from backend.directives.publish import publish_directive
from backend.directives.rules import ENDED
from backend.directives.tables import Directive


def follow_clock(work: UnitOfWork, event: ClockEvent) -> None:
    """Publish the open directives that show this clock, without changing or locking them."""
    if event.subject_kind == "lead":
        concerned = Directive.lead_id == event.subject_id
    else:
        concerned = or_(Directive.id == event.subject_id, Directive.parent_id == event.subject_id)
    rows = work.session.execute(
        select(Directive).where(concerned, Directive.state.not_in(ENDED)).order_by(Directive.id)
    )
    for row in rows.scalars().all():
        publish_directive(work, row)
