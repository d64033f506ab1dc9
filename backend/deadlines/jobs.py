"""What the worker runs for deadlines: marking clocks whose limit has passed, each exactly once (BSS-8, A8).

Any number of workers may run it at once. A clock is looked at in a transaction of its own, so that one that
cannot be judged holds up no other.
"""

import logging
from datetime import datetime

from sqlalchemy import select

from backend.core.database import Database
from backend.deadlines.ports import could_still_disprove
from backend.deadlines.rules import ClockState
from backend.deadlines.service import judge
from backend.deadlines.tables import DeadlineClock

log = logging.getLogger(__name__)
PER_ROUND = 200


def mark_breaches(database: Database) -> int:
    """Mark every clock past its limit breached, or unconfirmed while a silent phone could disprove it.

    An unconfirmed one becomes breached on the first round after contact that brought no act on time. Returns
    how many clocks changed.
    """
    return sum(_mark(database, clock_id) for clock_id in _candidates(database))


def next_due_at(database: Database) -> datetime | None:
    """The limit of the running clock that ends next, for a worker that wants to sleep until then."""
    with database.reading() as work:
        return work.session.execute(
            select(DeadlineClock.due_at)
            .where(DeadlineClock.state == ClockState.RUNNING)
            .order_by(DeadlineClock.due_at)
            .limit(1)
        ).scalar_one_or_none()


def _candidates(database: Database) -> list[str]:
    with database.reading() as work:
        running = work.session.execute(
            select(DeadlineClock.id)
            .where(DeadlineClock.state == ClockState.RUNNING, DeadlineClock.due_at < work.now)
            .order_by(DeadlineClock.due_at, DeadlineClock.id)
            .limit(PER_ROUND)
        ).scalars()
        unconfirmed = work.session.execute(
            select(DeadlineClock)
            .where(DeadlineClock.state == ClockState.UNCONFIRMED)
            .order_by(DeadlineClock.due_at, DeadlineClock.id)
        ).scalars()
        return [
            *running,
            *(
                row.id
                for row in unconfirmed.all()
                if not could_still_disprove(work, row.subject_kind, row.subject_id, row.due_at)
            ),
        ]


def _mark(database: Database, clock_id: str) -> bool:
    try:
        with database.writing() as work:
            row = work.session.execute(
                select(DeadlineClock)
                .where(
                    DeadlineClock.id == clock_id,
                    DeadlineClock.state.in_((ClockState.RUNNING, ClockState.UNCONFIRMED)),
                )
                .with_for_update(skip_locked=True)
            ).scalar_one_or_none()
            if row is None:
                return False
            work.authorise_by_rule("a limit that passes is nobody's act")
            return judge(work, row)
    except Exception:
        log.exception("the clock %s could not be judged", clock_id)
        return False
