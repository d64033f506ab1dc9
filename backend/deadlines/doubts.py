"""Clocks in doubt because the server's own time was: marked while they run, told with a breach, kept as evidence.

Only clocks of a printed number can accuse, so only those are marked.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from backend.core.database import UnitOfWork
from backend.core.types import Instant
from backend.deadlines.rulebooks import LimitKind
from backend.deadlines.rules import OPEN_STATES
from backend.deadlines.tables import ClockDoubt, DeadlineClock

JUST_NOW = timedelta(seconds=5)


def doubt_running(
    work: UnitOfWork, cause: str, offset_ms: int, since: datetime, until: datetime | None
) -> int:
    """Mark every running clock of a rule as in doubt; return how many. One marked so already is left as it is.

    `cause`: `offset` (the time is off, until it is not: `until` None) or `step` (it jumped: `until` is that moment).
    The caller authorised it and writes the audit line.
    """
    # Of those that a jump forward made late, the watcher may have been told first.
    just_judged = DeadlineClock.detected_at.between(since - JUST_NOW, since + JUST_NOW)
    marked = exists().where(ClockDoubt.clock_id == DeadlineClock.id, ClockDoubt.cause == cause)
    marked = marked.where(ClockDoubt.until.is_(None) if until is None else ClockDoubt.since == since)
    running = select(
        DeadlineClock.id,
        literal(cause),
        literal(since, Instant()),
        literal(until, Instant()),
        literal(offset_ms),
    ).where(
        DeadlineClock.kind == LimitKind.RULE, or_(DeadlineClock.state.in_(OPEN_STATES), just_judged), ~marked
    )
    columns = ["clock_id", "cause", "since", "until", "offset_ms"]
    statement = insert(ClockDoubt).from_select(columns, running).execution_options(preserve_rowcount=True)
    done: Any = work.session.connection().execute(statement)
    return int(done.rowcount)


def end_doubts(work: UnitOfWork, until: datetime) -> int:
    """Say that the time is right again from now on; return how many doubts ended. The caller writes the audit line."""
    change = update(ClockDoubt).where(ClockDoubt.until.is_(None)).values(until=until)
    done: Any = work.session.connection().execute(change)
    return int(done.rowcount)


def doubts_of(session: Session, clock_ids: Collection[str]) -> Mapping[str, list[ClockDoubt]]:
    """The doubts about clocks, by clock, the first first; what accountability lays beside a breach."""
    rows = session.execute(
        select(ClockDoubt)
        .where(ClockDoubt.clock_id.in_(clock_ids))
        .order_by(ClockDoubt.since, ClockDoubt.cause)
    ).scalars()
    found: dict[str, list[ClockDoubt]] = defaultdict(list)
    for row in rows:
        found[row.clock_id].append(row)
    return found
