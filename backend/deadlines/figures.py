"""Figures of clocks without persons: how many were kept and how long acts took, by clause, step and court (BSS-6 to BSS-8).

Worked out in one place for both databases, exactly: a percentile is the nearest rank, the smallest time that at least
that share of the acts took no longer than. It is a time that happened, never a mean of two.
"""

import time as pauses
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.schemas import Reference
from backend.deadlines.figures_schemas import FigureRow
from backend.deadlines.history_schemas import text_shape
from backend.deadlines.rulebooks import ClockCode, LimitKind, rulebooks
from backend.deadlines.rules import ClockState
from backend.deadlines.tables import DeadlineClock
from backend.deadlines.work_calendar import COURT_TIME

AT_A_TIME = 1_000
"""Rows read before others of this process have their turn: about 10 ms of a processor."""
DECIDED = frozenset({ClockState.MET, ClockState.BREACHED})


class Step(NamedTuple):
    """What figures are told apart by: one step under one limit of one clause at one court."""

    court_id: str
    rulebook_id: str
    clause: str
    clock: str
    kind: str
    limit_seconds: int | None
    working_days: int | None


@dataclass
class Tally:
    """How many clocks of a step stand in each state, and the times that its decided acts took."""

    states: Counter[str] = field(default_factory=Counter)
    times: list[timedelta] = field(default_factory=list)

    def add(self, state: str, started_at: datetime, stopped_at: datetime | None) -> None:
        """Count one clock; one that was cancelled, runs or is in doubt has no time."""
        self.states[state] += 1
        if state in DECIDED and stopped_at is not None:
            self.times.append(stopped_at - started_at)


def nearest_rank(ordered: Sequence[timedelta], percent: int) -> timedelta | None:
    """The smallest of ordered times that at least so many percent of them do not exceed; None of none."""
    return ordered[(len(ordered) * percent + 99) // 100 - 1] if ordered else None


def days_between(first: date, last: date) -> tuple[datetime, datetime]:
    """The instants from 00:00 of the first day to 24:00 of the last, in Asia/Shanghai."""
    begin = datetime.combine(first, time.min, COURT_TIME)
    return begin, datetime.combine(last, time.min, COURT_TIME) + timedelta(days=1)


def clock_figures(
    session: Session, courts: Mapping[str, str], begin: datetime, end: datetime
) -> list[FigureRow]:
    """The figures of clocks that started in the stretch at courts (names by id), in the order the courts are given."""
    place = {court_id: number for number, court_id in enumerate(courts)}
    tallies = count(session, courts, begin, end)
    return sorted(
        (_row(step, tally, courts) for step, tally in tallies.items()),
        key=lambda one: (
            place[one.court.id],
            one.rulebook,
            one.clause,
            one.clock,
            one.limit_minutes or 0,
            one.working_days or 0,
        ),
    )


def count(session: Session, court_ids: Collection[str], begin: datetime, end: datetime) -> dict[Step, Tally]:
    """Count the clocks of courts that started from `begin` to before `end`.

    Reading holds nobody up, so others have their turn between one helping and the next, inside one snapshot.
    """
    clock = DeadlineClock
    query = select(
        clock.court_id,
        clock.rulebook_id,
        clock.clause,
        clock.clock,
        clock.kind,
        clock.limit_seconds,
        clock.working_days,
        clock.state,
        clock.started_at,
        clock.stopped_at,
    ).where(clock.court_id.in_(court_ids), clock.started_at >= begin, clock.started_at < end)
    tallies: dict[Step, Tally] = {}
    found = session.execute(query.execution_options(yield_per=AT_A_TIME))
    for helping in found.partitions():
        for *step, state, started_at, stopped_at in helping:
            tallies.setdefault(Step(*step), Tally()).add(state, started_at, stopped_at)
        pauses.sleep(0)
    return tallies


def _row(step: Step, tally: Tally, courts: Mapping[str, str]) -> FigureRow:
    met, breached = tally.states[ClockState.MET], tally.states[ClockState.BREACHED]
    ordered = sorted(tally.times)
    book = rulebooks()[step.rulebook_id]
    return FigureRow(
        court=Reference(id=step.court_id, name=courts[step.court_id]),
        rulebook=book.id,
        clause=step.clause,
        clause_text=text_shape(book.clauses[step.clause]),
        clock=ClockCode(step.clock),
        kind=LimitKind(step.kind),
        limit_minutes=None if step.limit_seconds is None else step.limit_seconds // 60,
        working_days=step.working_days,
        started=tally.states.total(),
        running=tally.states[ClockState.RUNNING],
        met=met,
        breached=breached,
        unconfirmed=tally.states[ClockState.UNCONFIRMED],
        cancelled=tally.states[ClockState.CANCELLED],
        on_time_rate=round(met / (met + breached), 4) if met + breached else None,
        timed=len(ordered),
        median_seconds=_seconds(nearest_rank(ordered, 50)),
        p95_seconds=_seconds(nearest_rank(ordered, 95)),
    )


def _seconds(took: timedelta | None) -> float | None:
    return None if took is None else round(took.total_seconds(), 3)


def courts_in_order(names: Mapping[str, str], allowed: Collection[str]) -> dict[str, str]:
    """The names of the allowed courts, by id, in the order given."""
    return {court_id: name for court_id, name in names.items() if court_id in allowed}
