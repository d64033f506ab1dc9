"""When a clock is due and whether it was kept: the pure rules of BSS-7(1), BSS-7(2), BSS-8, DL-4, DL-10."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from backend.deadlines.rulebooks import (
    Audience,
    ClockCode,
    Limit,
    LimitKind,
    RecordKind,
    Rulebook,
    WarningStep,
)
from backend.deadlines.work_calendar import COURT_TIME, End, WorkCalendar, court_day
from backend.deadlines.work_schedule import Regime, WorkSchedule, regime_at


class ClockState(StrEnum):
    """Where a clock stands; `unconfirmed` is a breach that a phone out of contact could still disprove."""

    RUNNING = "running"
    MET = "met"
    BREACHED = "breached"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"


# The states in which a clock can still turn into a breach.
OPEN_STATES = (ClockState.RUNNING, ClockState.UNCONFIRMED)


@dataclass(frozen=True)
class PlannedWarning:
    """One warning of a clock: when it is due (UTC), whom it is told to, and the clause whose number passes then."""

    at: datetime
    tell: tuple[Audience, ...]
    clause: str | None


@dataclass(frozen=True)
class Deadline:
    """What a clause makes of a start event. Instants are UTC; exactly one of the two limits is set.

    `regime` is None where the hour of the start did not decide the limit. `provisional`: the official
    calendar of a year it depends on is not published yet.
    """

    rulebook_id: str
    clause: str
    clock: ClockCode
    kind: LimitKind
    started_at: datetime
    due_at: datetime
    limit_seconds: int | None
    working_days: int | None
    regime: Regime | None
    provisional: bool
    warnings: tuple[PlannedWarning, ...]
    tell: tuple[Audience, ...]
    record: RecordKind | None


def deadline(
    rulebook: Rulebook,
    clock: ClockCode,
    started_at: datetime,
    calendar: WorkCalendar,
    schedule: WorkSchedule,
    *,
    article_7_at_night: bool = False,
) -> Deadline:
    """The deadline a rulebook sets for a clock that starts at an aware instant.

    Only the start decides the limit: a clock begun one second before the close of business keeps its
    30 minutes. NoSuchLimitError where the rulebook sets none.
    """
    regime = regime_at(started_at, calendar, schedule)
    keeps_day_limit = article_7_at_night and clock == ClockCode.URGENT_LEAD
    limit = rulebook.limit(clock, Regime.WORKING if keeps_day_limit else regime)
    due_at, provisional = end_of(limit, started_at, calendar)
    return Deadline(
        rulebook_id=rulebook.id,
        clause=limit.clause,
        clock=clock,
        kind=limit.kind,
        started_at=started_at.astimezone(UTC),
        due_at=due_at,
        limit_seconds=None if limit.minutes is None else 60 * limit.minutes,
        working_days=limit.working_days,
        regime=regime if limit.regimes else None,
        provisional=provisional,
        warnings=warnings_of(limit, started_at, due_at, calendar, schedule),
        tell=limit.tell,
        record=limit.record,
    )


def warnings_of(
    limit: Limit, started_at: datetime, due_at: datetime, calendar: WorkCalendar, schedule: WorkSchedule
) -> tuple[PlannedWarning, ...]:
    """The warnings between the start and the limit, in the order of time."""
    planned = [
        PlannedWarning(warning_instant(step, started_at, calendar, schedule), step.tell, step.clause)
        for step in limit.warnings
    ]
    return tuple(sorted((one for one in planned if one.at < due_at), key=lambda one: one.at))


def warning_instant(
    step: WarningStep, started_at: datetime, calendar: WorkCalendar, schedule: WorkSchedule
) -> datetime:
    """When a step is due, in UTC: plain elapsed minutes, or an hour of the counted working day (None: its close)."""
    if step.working_day is None:
        return started_at.astimezone(UTC) + timedelta(minutes=step.minutes or 0)
    midnight_after = calendar.end_of_working_day(started_at, step.working_day).at
    day = court_day(midnight_after) - timedelta(days=1)
    hour = step.hour or schedule.sessions[-1].closes
    return datetime.combine(day, hour, COURT_TIME).astimezone(UTC)


def end_of(limit: Limit, started_at: datetime, calendar: WorkCalendar) -> End:
    """The last instant that is on time, in UTC, and whether it rests on an unpublished calendar.

    Minutes are plain elapsed time; working days end at 24:00 of the last of them, the start day not counted.
    """
    if limit.working_days is not None:
        return calendar.end_of_working_day(started_at, limit.working_days)
    due_at = started_at.astimezone(UTC) + timedelta(minutes=limit.minutes or 0)
    return End(due_at, bool(limit.regimes) and calendar.is_provisional(court_day(started_at)))


def is_late(at: datetime, due_at: datetime) -> bool:
    """Whether an instant lies beyond the limit; exactly at the limit is on time."""
    return at > due_at


def clock_state(
    *,
    due_at: datetime,
    now: datetime,
    stopped_at: datetime | None,
    cancelled_at: datetime | None,
    could_still_disprove: bool,
) -> ClockState:
    """The state of a clock from its facts alone, in whatever order they became known.

    `stopped_at` is the earliest known instant of the act that stops it; an act after the cancellation does
    not count. `could_still_disprove`: some phone not heard from since the limit may hold an earlier act.
    """
    stops = stopped_at is not None and (cancelled_at is None or stopped_at <= cancelled_at)
    if stops and stopped_at is not None and not is_late(stopped_at, due_at):
        return ClockState.MET
    ended_at = cancelled_at if cancelled_at is not None else now
    if not stops and not is_late(ended_at, due_at):
        return ClockState.CANCELLED if cancelled_at is not None else ClockState.RUNNING
    return ClockState.UNCONFIRMED if could_still_disprove else ClockState.BREACHED


LONGEST_UNCONFIRMED = timedelta(hours=72)
"""After so long a breach counts without contact; an act on time that comes even later still turns it to met."""


def may_stay_unconfirmed(due_at: datetime, now: datetime) -> bool:
    """Whether a phone out of contact may still keep a passed limit from counting (A8: a dated limit)."""
    return due_at < now <= due_at + LONGEST_UNCONFIRMED


RECHECK_AFTER = timedelta(seconds=5)
"""How soon an unconfirmed clock is looked at again: contact of the silent phone may have decided it meanwhile."""


def next_look_at(
    state: ClockState, warnings: Sequence[datetime], given: int, due_at: datetime, now: datetime
) -> datetime | None:
    """When a clock next needs an act of the watcher: its next warning, its limit, a look again; None when never."""
    if state is ClockState.UNCONFIRMED:
        return now + RECHECK_AFTER
    if state is not ClockState.RUNNING:
        return None
    return warnings[given] if given < len(warnings) else due_at
