"""What the worker runs for emergencies: each step and each missed check-in exactly once, however many workers there are."""

import logging

from sqlalchemy import select

from backend.core.database import Database
from backend.emergencies.escalation import escalate
from backend.emergencies.missing import alarm_when_missed
from backend.emergencies.tables import CheckIn, Emergency

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


def alarm_missed_check_ins(database: Database) -> int:
    """Alarm for every check-in that did not come, the earliest first, and return how many; one that fails stops no other."""
    with database.reading() as work:
        due = [
            (row.directive_id, row.user_id)
            for row in work.session.execute(
                select(CheckIn.directive_id, CheckIn.user_id)
                .where(CheckIn.look_at < work.now)
                .order_by(CheckIn.look_at, CheckIn.directive_id, CheckIn.user_id)
                .limit(PER_LOOK)
            )
        ]
    alarmed = 0
    for directive_id, user_id in due:
        try:
            with database.writing() as work:
                alarmed += alarm_when_missed(work, directive_id, user_id)
        except Exception:
            log.exception("the check-in of %s on %s could not be judged", user_id, directive_id)
    return alarmed
