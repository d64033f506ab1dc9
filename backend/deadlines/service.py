"""Acts on clocks: start, stop and cancel them (BSS-7, BSS-8, DL-4, DL-10).

Each act joins the caller's unit of work, may be repeated, and leaves its audit line and `clock.changed`.
The caller has authorised it. Whatever order the acts arrive in, the same facts leave the same row.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM, Actor
from backend.deadlines.judging import judge, look_again
from backend.deadlines.limits import columns_of, deadline_for
from backend.deadlines.rulebooks import ClockCode
from backend.deadlines.rules import ClockState, is_late, next_look_at
from backend.deadlines.tables import DeadlineClock
from backend.deadlines.telling import audit_line, publish, revise


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
        "next_look_at": next_look_at(
            ClockState.RUNNING, [one.at for one in limit.warnings], 0, limit.due_at, work.now
        ),
        "stopped_at": max(stopped_at, started_at) if stopped_at else None,
        "stopped_by": by.user_id if stopped_at else None,
    }
    if not _insert_once(work, values):
        return find(work, subject_kind, subject_id, code)
    row = _locked(work, subject_kind, subject_id, code)
    stopped = {"stopped_at": to_wire(stopped_at)} if stopped_at else {}
    audit_line(work, by, row, "clock.start", started_at, rulebook=row.rulebook_id, kind=row.kind, **stopped)
    if not judge(work, row):
        publish(work, row)
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
    at, set_back = not_before_seen(work, row, at)
    at, too_early = not_before_start(row, at)
    if row.stopped_at is not None and row.stopped_at <= at:
        return row
    row.stopped_at = at
    row.stopped_by = by.user_id
    audit_line(work, by, row, "clock.stop", at, late=is_late(at, row.due_at), **set_back, **too_early)
    if not judge(work, row):
        revise(work, row)
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
        ended_at, set_back = not_before_seen(work, row, at)
        row.cancelled_at = ended_at
        row.cancelled_by = by.user_id
        audit_line(work, by, row, "clock.cancel", ended_at, reason=reason, **set_back)
        if not judge(work, row):
            revise(work, row)
        cancelled.append(row)
    return cancelled


def not_before_seen(work: UnitOfWork, row: DeadlineClock, at: datetime) -> tuple[datetime, dict[str, str]]:
    """When an act counts, and what its line says of it: no act of now is earlier than what this server saw before.

    Only where the server's time was set back since it saw the limit pass, and the act has no other time than the
    server's; an act that a device timed keeps its own.
    """
    if at != work.now or row.detected_at is None or at >= row.detected_at:
        return at, {}
    return row.detected_at, {"server_time_was": to_wire(at)}


def not_before_start(row: DeadlineClock, at: datetime) -> tuple[datetime, dict[str, str]]:
    """When an act counts that claims to be earlier than what started the clock: with the start, and its line says so."""
    return (at, {}) if at >= row.started_at else (row.started_at, {"claimed_before_start": to_wire(at)})


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
    audit_line(work, by, row, "clock.reopen", work.now)
    if not judge(work, row):
        revise(work, row)
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
