"""What became of clocks and what would be due: reads only, nothing is written (BSS-6 to BSS-8; A8, A14, A19)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.audit import lines_of
from backend.core.schemas import Reference
from backend.core.tables import AuditEntry
from backend.deadlines.doubts import doubts_of
from backend.deadlines.explaining import Why, explain
from backend.deadlines.history_schemas import (
    ClockLine,
    ClockPast,
    DoubtShape,
    PlannedWarningShape,
    SupposedDeadline,
    WhatIf,
    text_shape,
    why_shape,
)
from backend.deadlines.rulebooks import Audience, ClockCode, NoSuchLimitError, RecordKind, rulebooks
from backend.deadlines.rules import deadline
from backend.deadlines.schemas import clock_row
from backend.deadlines.tables import DeadlineClock
from backend.deadlines.views import court_adoption, court_schedule, work_calendar
from backend.deadlines.work_calendar import WorkCalendar

ACTIONS = (
    "clock.start",
    "clock.warn",
    "clock.stop",
    "clock.cancel",
    "clock.reopen",
    "clock.breach",
    "clock.unconfirmed",
    "clock.disproved",
    "clock.recompute",
)
SAID_ELSEWHERE = frozenset({"clock", "clause", "due_at"})


def clock_pasts(
    session: Session, subjects: Collection[tuple[str, str]], reasons: Mapping[datetime, str]
) -> list[ClockPast]:
    """Everything about the clocks of subjects the caller may see, given as (kind, id), the first started first.

    `reasons`: what was written down with the acts of those subjects, by the instant of the act.
    """
    calendar = work_calendar(session)
    found = []
    for kind, subject_id in subjects:
        lines = _lines_by_clock(session, kind, subject_id)
        rows = session.execute(
            select(DeadlineClock).where(
                DeadlineClock.subject_kind == kind, DeadlineClock.subject_id == subject_id
            )
        ).scalars()
        found += [_past(session, row, calendar, lines[row.clock], reasons) for row in rows]
    return sorted(found, key=lambda one: (one.clock.started_at, one.clock.clock))


def _lines_by_clock(session: Session, kind: str, subject_id: str) -> Mapping[str, list[AuditEntry]]:
    by_clock: dict[str, list[AuditEntry]] = defaultdict(list)
    for line in lines_of(session, kind, subject_id, ACTIONS):
        by_clock[line.detail.get("clock", "")].append(line)
    return by_clock


def _past(
    session: Session,
    row: DeadlineClock,
    calendar: WorkCalendar,
    lines: list[AuditEntry],
    reasons: Mapping[datetime, str],
) -> ClockPast:
    why = _why(session, row, calendar)
    late = row.stopped_at is not None and row.stopped_at > row.due_at
    return ClockPast(
        clock=clock_row(row),
        tell=[Audience(one) for one in row.tell],
        record=RecordKind(row.record) if row.record else None,
        detected_at=row.detected_at,
        stopped_by=next(
            (
                line.actor_name
                for line in lines
                if line.action == "clock.stop" and line.occurred_at == row.stopped_at
            ),
            None,
        ),
        cancelled_at=row.cancelled_at,
        cancel_reason=next(
            (
                line.detail.get("reason")
                for line in reversed(lines)
                if line.action == "clock.cancel" and row.cancelled_at is not None
            ),
            None,
        ),
        late_reason=reasons.get(row.stopped_at) if late and row.stopped_at is not None else None,
        why=why_shape(why, row.limit_seconds, row.working_days),
        counts_the_same=_due_today(session, row, calendar) == row.due_at,
        doubts=[
            DoubtShape(cause=one.cause, since=one.since, until=one.until, offset_ms=one.offset_ms)  # type: ignore[arg-type]
            for one in doubts_of(session, [row.id]).get(row.id, [])
        ],
        lines=[
            ClockLine(
                action=line.action,
                occurred_at=line.occurred_at,
                recorded_at=line.recorded_at,
                by=line.actor_name,
                detail={name: value for name, value in line.detail.items() if name not in SAID_ELSEWHERE},
            )
            for line in lines
        ],
    )


def _why(session: Session, row: DeadlineClock, calendar: WorkCalendar) -> Why:
    adoption = court_adoption(session, row.court_id, row.started_at)
    return explain(
        rulebooks()[row.rulebook_id],
        adoption if adoption is not None and adoption.rulebook_id == row.rulebook_id else None,
        row.clause,
        ClockCode(row.clock),
        row.started_at,
        calendar,
        court_schedule(session, row.court_id, row.started_at),
        limit_seconds=row.limit_seconds,
        working_days=row.working_days,
    )


def _due_today(session: Session, row: DeadlineClock, calendar: WorkCalendar) -> datetime | None:
    supposed = _supposed(session, row.court_id, ClockCode(row.clock), row.started_at, calendar)
    return supposed.due_at if isinstance(supposed, SupposedDeadline) else None


def what_if(session: Session, court: Reference, clock: ClockCode, at: datetime) -> WhatIf:
    """What would be due if the clock began at the court at the instant, and why."""
    supposed = _supposed(session, court.id, clock, at, work_calendar(session))
    if isinstance(supposed, SupposedDeadline):
        return WhatIf(court=court, clock=clock, at=at, deadline=supposed, none_because=None)
    return WhatIf(
        court=court,
        clock=clock,
        at=at,
        deadline=None,
        none_because="no_rulebook" if supposed is None else "no_limit",
    )


def _supposed(
    session: Session, court_id: str, clock: ClockCode, at: datetime, calendar: WorkCalendar
) -> SupposedDeadline | NoSuchLimitError | None:
    """The deadline, the reason why the adopted rulebook sets none, or None where no rulebook was adopted."""
    adoption = court_adoption(session, court_id, at)
    if adoption is None:
        return None
    rulebook = rulebooks()[adoption.rulebook_id]
    schedule = court_schedule(session, court_id, at)
    try:
        found = deadline(
            rulebook, clock, at, calendar, schedule, article_7_at_night=adoption.article_7_at_night
        )
    except NoSuchLimitError as none:
        return none
    why = explain(
        rulebook,
        adoption,
        found.clause,
        clock,
        at,
        calendar,
        schedule,
        limit_seconds=found.limit_seconds,
        working_days=found.working_days,
    )
    return SupposedDeadline(
        clause=found.clause,
        clause_text=text_shape(rulebook.clauses[found.clause]),
        kind=found.kind,
        due_at=found.due_at,
        regime=found.regime,
        provisional=found.provisional,
        warnings=[
            PlannedWarningShape(at=one.at, tell=list(one.tell), clause=one.clause) for one in found.warnings
        ],
        tell=list(found.tell),
        record=found.record,
        why=why_shape(why, found.limit_seconds, found.working_days),
    )
