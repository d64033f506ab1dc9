"""Acts on clocks: start, stop, cancel and judge them (BSS-7, BSS-8, DL-4, DL-10).

Each act joins the caller's unit of work, may be repeated, and leaves its audit line and `clock.changed`.
The caller has authorised it. Whatever order the acts arrive in, the same facts leave the same row.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from backend.core.clock import from_wire, to_wire
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM, Actor, room_of_court
from backend.deadlines.events import (
    ClockBreached,
    ClockDisproved,
    ClockEvent,
    ClockMoved,
    ClockUnconfirmed,
    ClockWarned,
    facts_of,
)
from backend.deadlines.ports import could_still_disprove
from backend.deadlines.rulebooks import ClockCode, rulebooks
from backend.deadlines.rules import (
    ClockState,
    Deadline,
    clock_state,
    deadline,
    is_late,
    may_stay_unconfirmed,
    next_look_at,
)
from backend.deadlines.schemas import clock_row
from backend.deadlines.tables import DeadlineClock
from backend.deadlines.views import court_adoption, court_schedule, work_calendar
from backend.people.permissions import Permission

JUDGEMENTS: dict[ClockState, tuple[str, type[ClockEvent]]] = {
    ClockState.BREACHED: ("clock.breach", ClockBreached),
    ClockState.UNCONFIRMED: ("clock.unconfirmed", ClockUnconfirmed),
}
LATE_STATES = frozenset(JUDGEMENTS)


def columns_of(limit: Deadline) -> dict[str, Any]:
    """Return a deadline as the columns of its row."""
    return {
        **asdict(limit),
        "warnings": [
            {"at": to_wire(one.at), "tell": [*one.tell], "clause": one.clause} for one in limit.warnings
        ],
        "tell": [*limit.tell],
    }


def first_look_at(limit: Deadline) -> datetime:
    """Return when a clock that has just started first needs the watcher."""
    return limit.warnings[0].at if limit.warnings else limit.due_at


def deadline_for(work: UnitOfWork, clock: ClockCode, court_id: str, started_at: datetime) -> Deadline | None:
    """The deadline the court's rulebook sets for a start event, or None where it had adopted none by then."""
    adoption = court_adoption(work.session, court_id, started_at)
    if adoption is None:
        return None
    return deadline(
        rulebooks()[adoption.rulebook_id],
        clock,
        started_at,
        work_calendar(work.session),
        court_schedule(work.session, court_id, started_at),
        article_7_at_night=adoption.article_7_at_night,
    )


def start(
    work: UnitOfWork,
    clock: str,
    subject_kind: str,
    subject_id: str,
    court_id: str,
    team_id: str | None,
    started_at: datetime,
    title: str,
    *,
    by: Actor = SYSTEM,
    reopen: bool = False,
    stopped_at: datetime | None = None,
) -> DeadlineClock | None:
    """Start a clock of the receiving court on a subject; a second start changes nothing.

    `stopped_at`: when the act that stops it had happened already (a team left before its lead was triaged).
    `reopen`: where the clock was cancelled, take that back (a lead triaged urgent, not urgent, urgent again);
    it runs on from its first start. None where the court had adopted no rulebook on the day of the start: no
    text, no deadline.
    """
    code = ClockCode(clock)
    existing = find(work, subject_kind, subject_id, code, lock=True)
    if existing is not None:
        return _reopened(work, existing, by) if reopen else existing
    limit = deadline_for(work, code, court_id, started_at)
    if limit is None:
        return None
    values = {
        **columns_of(limit),
        "id": new_identifier(),
        "revision": 1,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "court_id": court_id,
        "team_id": team_id,
        "title": title,
        "state": ClockState.RUNNING,
        "warnings_given": 0,
        "next_look_at": first_look_at(limit),
        "stopped_at": stopped_at,
        "stopped_by": by.user_id if stopped_at else None,
    }
    if not _insert_once(work, values):
        return find(work, subject_kind, subject_id, code)
    row = _locked(work, subject_kind, subject_id, code)
    stopped = {"stopped_at": to_wire(stopped_at)} if stopped_at else {}
    _audit(work, by, row, "clock.start", started_at, rulebook=row.rulebook_id, kind=row.kind, **stopped)
    if not judge(work, row):
        _publish(work, row)
    return row


def stop(
    work: UnitOfWork,
    subject_kind: str,
    subject_id: str,
    clock: str,
    at: datetime,
    by: Actor,
) -> DeadlineClock | None:
    """Stop a clock by an act that happened at `at`, however late it arrives; the earliest act counts.

    None where there is no such clock.
    """
    row = find(work, subject_kind, subject_id, ClockCode(clock), lock=True)
    if row is None or (row.stopped_at is not None and row.stopped_at <= at):
        return row
    row.stopped_at = at
    row.stopped_by = by.user_id
    _audit(work, by, row, "clock.stop", at, late=is_late(at, row.due_at))
    if not judge(work, row):
        _revise(work, row)
    return row


def cancel(
    work: UnitOfWork,
    subject_kind: str,
    subject_id: str,
    at: datetime,
    by: Actor,
    reason: str,
    clock: str | None = None,
) -> list[DeadlineClock]:
    """Cancel a subject's clocks, or one of them, as of `at`; what was met or breached by then stays so."""
    codes = [ClockCode(clock)] if clock else list(ClockCode)
    cancelled = []
    for code in codes:
        row = find(work, subject_kind, subject_id, code, lock=True)
        if row is None or (row.cancelled_at is not None and row.cancelled_at <= at):
            continue
        row.cancelled_at = at
        row.cancelled_by = by.user_id
        _audit(work, by, row, "clock.cancel", at, reason=reason)
        if not judge(work, row):
            _revise(work, row)
        cancelled.append(row)
    return cancelled


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
        and could_still_disprove(work, row.subject_kind, row.subject_id, row.due_at),
    )
    if after == before:
        return False
    row.state = after
    look_again(work, row)
    row.breached_at = row.due_at if after == ClockState.BREACHED else None
    row.detected_at = (row.detected_at or work.now) if after in LATE_STATES else None
    if after in JUDGEMENTS:
        action, kind = JUDGEMENTS[after]
        _audit(work, SYSTEM, row, action, row.due_at)
        _revise(work, row, kind)
    elif before in LATE_STATES:
        _audit(work, SYSTEM, row, "clock.disproved", row.stopped_at or work.now, was=before)
        _revise(work, row, ClockDisproved)
    else:
        _revise(work, row)
    return True


def look_again(work: UnitOfWork, row: DeadlineClock) -> None:
    """Say when the watcher has something to do with this clock next."""
    planned = [from_wire(one["at"]) for one in row.warnings]
    row.next_look_at = next_look_at(ClockState(row.state), planned, row.warnings_given, row.due_at, work.now)


def look_later(work: UnitOfWork, row: DeadlineClock) -> None:
    """Let an unconfirmed clock rest for a moment: nothing happened, so nothing is audited or told."""
    later = next_look_at(ClockState(row.state), [], 0, row.due_at, work.now)
    table = DeadlineClock.__table__
    work.session.connection().execute(
        update(DeadlineClock).where(table.c.id == row.id).values(next_look_at=later)
    )


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
    _audit(work, SYSTEM, row, "clock.warn", planned_at, step=row.warnings_given, tell=step["tell"], **passed)
    row.revision += 1
    _publish(work, row, None)
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
    _audit(work, SYSTEM, row, "clock.recompute", work.now, was=to_wire(was), provisional=row.provisional)
    if not judge(work, row):
        _revise(work, row)
    return True


def find(
    work: UnitOfWork, subject_kind: str, subject_id: str, clock: ClockCode, *, lock: bool = False
) -> DeadlineClock | None:
    """The clock of a subject, or None; `lock` keeps others from changing it until this transaction ends."""
    query = select(DeadlineClock).where(
        DeadlineClock.subject_kind == subject_kind,
        DeadlineClock.subject_id == subject_id,
        DeadlineClock.clock == clock,
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return work.session.execute(query).scalar_one_or_none()


def _reopened(work: UnitOfWork, row: DeadlineClock, by: Actor) -> DeadlineClock:
    if row.cancelled_at is None:
        return row
    if row.state == ClockState.CANCELLED:
        row.state = ClockState.RUNNING
    row.cancelled_at = None
    row.cancelled_by = None
    look_again(work, row)
    _audit(work, by, row, "clock.reopen", work.now)
    if not judge(work, row):
        _revise(work, row)
    return row


def _locked(work: UnitOfWork, subject_kind: str, subject_id: str, clock: ClockCode) -> DeadlineClock:
    row = find(work, subject_kind, subject_id, clock, lock=True)
    if row is None:
        raise LookupError(f"no clock {clock} on {subject_kind} {subject_id}")
    return row


def _insert_once(work: UnitOfWork, values: dict[str, Any]) -> bool:
    """Insert the clock unless somebody else has, at this same moment, on the same subject."""
    insert = sqlite.insert if work.dialect == "sqlite" else postgresql.insert
    statement = insert(DeadlineClock).values(**values)
    unique = ["subject_kind", "subject_id", "clock"]
    done = work.session.execute(
        statement.on_conflict_do_nothing(index_elements=unique).returning(DeadlineClock.id)
    )
    return done.first() is not None


def _revise(work: UnitOfWork, row: DeadlineClock, happened: type[ClockEvent] = ClockMoved) -> None:
    row.revision += 1
    _publish(work, row, happened)


def _publish(work: UnitOfWork, row: DeadlineClock, happened: type[ClockEvent] | None = ClockMoved) -> None:
    work.publish(
        "clock.changed",
        subject_id=row.id,
        revision=row.revision,
        court_id=row.court_id,
        rooms=[room_of_court(Permission.CLOCK_READ, row.court_id)],
        data=clock_row(row).model_dump(mode="json"),
        team_id=row.team_id,
    )
    if happened is not None:
        work.raise_event(happened(**facts_of(row)))


def _audit(
    work: UnitOfWork, by: Actor, row: DeadlineClock, action: str, occurred_at: datetime, **detail: Any
) -> None:
    work.audit(
        by,
        action,
        row.subject_kind,
        row.subject_id,
        row.court_id,
        occurred_at,
        clock=row.clock,
        clause=row.clause,
        due_at=to_wire(row.due_at),
        **detail,
    )
