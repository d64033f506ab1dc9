"""What the worker runs for duty: roll calls whose 15 minutes have passed are closed, each exactly once (A1)."""

import logging

from sqlalchemy import select

from backend.core.database import Database
from backend.duty.roll_calls import close_when_due
from backend.duty.tables import RollCall

log = logging.getLogger(__name__)
PER_LOOK = 200


def close_roll_calls(database: Database) -> int:
    """Close what is due, the earliest first, and return how many; one that fails is logged and stops no other."""
    with database.reading() as work:
        due = list(
            work.session.execute(
                select(RollCall.id)
                .where(RollCall.closed_at.is_(None), RollCall.due_at < work.now)
                .order_by(RollCall.due_at, RollCall.id)
                .limit(PER_LOOK)
            ).scalars()
        )
    closed = 0
    for roll_call_id in due:
        try:
            with database.writing() as work:
                closed += close_when_due(work, roll_call_id)
        except Exception:
            log.exception("the roll call %s could not be closed", roll_call_id)
    return closed
