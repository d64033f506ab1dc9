"""Shapes of the wire for why a limit is what it is, what would be due, and what became of each clock (BSS-7, BSS-8)."""

from datetime import date
from typing import Any, Literal

from backend.core.schemas import CourtId, Reference, Wire, WireInstant
from backend.deadlines.explaining import CountedDay, DayFact, DayKind, Why
from backend.deadlines.rulebooks import Audience, ClockCode, LimitKind, RecordKind
from backend.deadlines.schemas import ClauseText, ClockRow
from backend.deadlines.work_calendar import Text
from backend.deadlines.work_schedule import Regime, sessions_text


class DayShape(Wire):
    """One day: what it is, its holiday's name, and the notice that says so (null where the week alone decides)."""

    day: date
    kind: DayKind
    name: ClauseText | None
    source: str | None
    source_date: date | None
    published: bool


class CountedDayShape(DayShape):
    """One day a count of working days walked over: `number` 0 is the start day, null a day off."""

    number: int | None


class WhyShape(Wire):
    """What decided a limit, as codes and values; a screen makes the sentences.

    `limit_minutes` or `working_days` is set. `sessions` are the court's hours on the day of the start.
    """

    rulebook: str
    rulebook_title: ClauseText
    rulebook_from: date
    adopted_by: str | None
    adopted_from: date | None
    article_7_at_night: bool
    start_event: str | None
    stop_event: str | None
    limit_minutes: int | None
    working_days: int | None
    regime: Regime
    regime_decides: bool
    start_day: DayShape
    sessions: list[str]
    sessions_from: date
    counted: list[CountedDayShape]
    provisional_years: list[int]


class DoubtShape(Wire):
    """A stretch in which the server's own time was in doubt while the clock ran; `until` null: it still is.

    `step`: the time jumped by `offset_ms`. `offset`: it was off, below zero behind by at least, above ahead by at most.
    """

    cause: Literal["offset", "step"]
    since: WireInstant
    until: WireInstant | None
    offset_ms: int


class ClockLine(Wire):
    """One line of the audit log about a clock; `detail` holds its codes and values."""

    action: str
    occurred_at: WireInstant
    recorded_at: WireInstant
    by: str
    detail: dict[str, Any]


class ClockPast(Wire):
    """One clock with everything that became of it.

    `counts_the_same` is false where the calendar and hours known today would give another limit than the clock has.
    """

    clock: ClockRow
    tell: list[Audience]
    record: RecordKind | None
    detected_at: WireInstant | None
    stopped_by: str | None
    cancelled_at: WireInstant | None
    cancel_reason: str | None
    late_reason: str | None
    why: WhyShape
    counts_the_same: bool
    doubts: list[DoubtShape]
    lines: list[ClockLine]


class ClockSubject(Wire):
    """What clocks run on: a lead or a directive, by its number."""

    kind: Literal["lead", "directive"]
    id: str
    number: str
    title: str
    court: Reference
    at: WireInstant


class ClockHistory(Wire):
    """A lead or directive with each of its clocks, the first started first, as of `now`."""

    subject: ClockSubject
    now: WireInstant
    clocks: list[ClockPast]


class WhatIfQuery(Wire):
    """If a clock began at a court at an instant."""

    court_id: CourtId
    clock: ClockCode
    at: WireInstant


class PlannedWarningShape(Wire):
    """A warning that would be given, whom it would be told to, and the clause whose number passes then (A2)."""

    at: WireInstant
    tell: list[Audience]
    clause: str | None


class SupposedDeadline(Wire):
    """What would be due, and why."""

    clause: str
    clause_text: ClauseText
    kind: LimitKind
    due_at: WireInstant
    regime: Regime | None
    provisional: bool
    warnings: list[PlannedWarningShape]
    tell: list[Audience]
    record: RecordKind | None
    why: WhyShape


class WhatIf(Wire):
    """The answer to a what-if; without a deadline, `none_because` says whether the court had no rulebook or no limit."""

    court: Reference
    clock: ClockCode
    at: WireInstant
    deadline: SupposedDeadline | None
    none_because: Literal["no_rulebook", "no_limit"] | None


def text_shape(text: Text) -> ClauseText:
    """Words in both languages as they go over the wire."""
    return ClauseText(zh=text.zh, en=text.en)


def _day(fact: DayFact) -> dict[str, Any]:
    return {
        "day": fact.day,
        "kind": fact.kind,
        "name": text_shape(fact.name) if fact.name else None,
        "source": fact.source,
        "source_date": fact.source_date,
        "published": fact.published,
    }


def _counted(one: CountedDay) -> CountedDayShape:
    return CountedDayShape(**_day(one.fact), number=one.number)


def why_shape(why: Why, limit_seconds: int | None, working_days: int | None) -> WhyShape:
    """The wire shape of the facts behind a limit."""
    return WhyShape(
        rulebook=why.rulebook.id,
        rulebook_title=text_shape(why.rulebook.title),
        rulebook_from=why.rulebook.effective_from,
        adopted_by=why.adoption.act if why.adoption else None,
        adopted_from=why.adoption.effective_from if why.adoption else None,
        article_7_at_night=bool(why.adoption and why.adoption.article_7_at_night),
        start_event=why.limit.start if why.limit else None,
        stop_event=why.limit.stop if why.limit else None,
        limit_minutes=None if limit_seconds is None else limit_seconds // 60,
        working_days=working_days,
        regime=why.regime,
        regime_decides=why.regime_decides,
        start_day=DayShape(**_day(why.start_day)),
        sessions=[sessions_text([session]) for session in why.schedule.sessions],
        sessions_from=why.schedule.effective_from,
        counted=[_counted(one) for one in why.counted],
        provisional_years=list(why.provisional_years),
    )
