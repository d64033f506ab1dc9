"""What a clock's facts make of it: its state, its next warning, when it is looked at next (BSS-7, BSS-8; A8; ADR 0031).

The row is locked by the caller, who has authorised the act.
"""

from sqlalchemy import update

from backend.core.clock import from_wire, to_wire
from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM
from backend.deadlines.events import (
    ClockBreached,
    ClockDisproved,
    ClockEvent,
    ClockUnconfirmed,
    ClockWarned,
    facts_of,
)
from backend.deadlines.limits import columns_of, deadline_for
from backend.deadlines.ports import silent_phones
from backend.deadlines.rulebooks import ClockCode
from backend.deadlines.rules import ClockState, clock_state, may_stay_unconfirmed, next_look_at
from backend.deadlines.tables import DeadlineClock
from backend.deadlines.telling import audit_line, revise

JUDGEMENTS: dict[ClockState, tuple[str, type[ClockEvent]]] = {
    ClockState.BREACHED: ("clock.breach", ClockBreached),
    ClockState.UNCONFIRMED: ("clock.unconfirmed", ClockUnconfirmed),
}
LATE_STATES = frozenset(JUDGEMENTS)


def judge(work: UnitOfWork, row: DeadlineClock) -> bool:
    """Set the state that the row's facts give now, with its audit line and event; whether it changed."""
    before = ClockState(row.state)
    after = clock_state(
        due_at=row.due_at,
        now=work.now,
        stopped_at=row.stopped_at,
        cancelled_at=row.cancelled_at,
        # A breach once confirmed is only undone by the act itself, not by another phone falling silent.
        could_still_disprove=before != ClockState.BREACHED
        and may_stay_unconfirmed(row.due_at, work.now)
        and silent_phones.ask(work, row.subject_kind, row.subject_id, row.due_at),
    )
    if after == before:
        return False
    row.state = after
    look_again(work, row)
    row.breached_at = row.due_at if after == ClockState.BREACHED else None
    row.detected_at = (row.detected_at or work.now) if after in LATE_STATES else None
    if after in JUDGEMENTS:
        action, kind = JUDGEMENTS[after]
        audit_line(work, SYSTEM, row, action, row.due_at)
        revise(work, row, kind)
    elif before in LATE_STATES:
        audit_line(work, SYSTEM, row, "clock.disproved", row.stopped_at or work.now, was=before)
        revise(work, row, ClockDisproved)
    else:
        revise(work, row)
    return True


def look_again(work: UnitOfWork, row: DeadlineClock) -> None:
    """Say when the watcher has something to do with this clock next."""
    planned = [from_wire(one["at"]) for one in row.warnings]
    row.next_look_at = next_look_at(ClockState(row.state), planned, row.warnings_given, row.due_at, work.now)


def look_later(work: UnitOfWork, row: DeadlineClock) -> None:
    """Let an unconfirmed clock rest for a moment: nothing happened, so nothing is audited or told."""
    later = next_look_at(ClockState(row.state), [], 0, row.due_at, work.now)
    change = update(DeadlineClock).where(DeadlineClock.id == row.id).values(next_look_at=later)
    work.session.connection().execute(change)


def warn(work: UnitOfWork, row: DeadlineClock) -> bool:
    """Give the next warning of a running clock if its time has come; whether one was given. The row is locked."""
    if row.state != ClockState.RUNNING or row.warnings_given >= len(row.warnings):
        return False
    step = row.warnings[row.warnings_given]
    planned_at = from_wire(step["at"])
    if planned_at > work.now:
        return False
    row.warnings_given += 1
    look_again(work, row)
    passed = {"passed": step["clause"]} if step["clause"] else {}
    audit_line(
        work, SYSTEM, row, "clock.warn", planned_at, step=row.warnings_given, tell=step["tell"], **passed
    )
    revise(work, row, None)
    work.raise_event(
        ClockWarned(
            **facts_of(row),
            step=row.warnings_given,
            at=planned_at,
            tell=tuple(step["tell"]),
            passed=step["clause"],
        )
    )
    return True


def recompute(work: UnitOfWork, row: DeadlineClock) -> bool:
    """Count a provisional deadline again, after its year's notice was loaded; whether anything changed.

    The row is locked by the caller and its act is still owed.
    """
    limit = deadline_for(work, ClockCode(row.clock), row.court_id, row.started_at)
    if limit is None or (limit.due_at == row.due_at and limit.provisional == row.provisional):
        return False
    was = row.due_at
    row.due_at = limit.due_at
    row.breached_at = limit.due_at if row.state == ClockState.BREACHED else None
    row.clause = limit.clause
    row.limit_seconds = limit.limit_seconds
    row.regime = limit.regime
    row.provisional = limit.provisional
    row.warnings = columns_of(limit)["warnings"]
    row.warnings_given = min(row.warnings_given, len(row.warnings))
    look_again(work, row)
    audit_line(work, SYSTEM, row, "clock.recompute", work.now, was=to_wire(was), provisional=row.provisional)
    if not judge(work, row):
        revise(work, row)
    return True
