"""What the worker runs for emergencies: each step of an unanswered one exactly once, however many workers there are."""

import logging

from sqlalchemy import select

from backend.core.database import Database
from backend.emergencies.escalation import escalate
from backend.emergencies.tables import Emergency

log = logging.getLogger(__name__)
PER_LOOK = 200


def escalate_emergencies(database: Database) -> int:
    """Take every step that is due, the earliest first, and return how many; one that fails stops no other."""
    with database.reading() as work:
        due = list(
            work.session.execute(
                select(Emergency.id)
                .where(Emergency.next_step_at <= work.now)
                .order_by(Emergency.next_step_at, Emergency.id)
                .limit(PER_LOOK)
            ).scalars()
        )
    taken = 0
    for emergency_id in due:
        try:
            with database.writing() as work:
                taken += escalate(work, emergency_id)
        except Exception:
            log.exception("the emergency %s could not be escalated", emergency_id)
    return taken
