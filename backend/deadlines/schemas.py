"""The shape of a clock on the wire: every deadline carries the clause it comes from."""

from typing import Literal

from backend.core.clock import from_wire
from backend.core.schemas import CourtId, PageQuery, Wire, WireInstant
from backend.deadlines.rulebooks import ClockCode, LimitKind, rulebooks
from backend.deadlines.rules import ClockState
from backend.deadlines.tables import DeadlineClock
from backend.deadlines.work_schedule import Regime


class ClauseText(Wire):
    """What a clause says, in its own Chinese words and in English."""

    zh: str
    en: str


class ClockWarning(Wire):
    """One warning before the limit: when, whether it was given, and the clause whose number passes then (A2)."""

    at: WireInstant
    given: bool
    clause: str | None


class ClockRow(Wire):
    """One clock: its clause, when it started, warns and is due, and where it stands."""

    id: str
    clock: ClockCode
    clause: str
    clause_text: ClauseText
    rulebook: str
    kind: LimitKind
    subject_kind: str
    subject_id: str
    court_id: str
    title: str
    started_at: WireInstant
    due_at: WireInstant
    regime: Regime | None
    provisional: bool
    state: ClockState
    stopped_at: WireInstant | None
    breached_at: WireInstant | None
    warnings: list[ClockWarning]


class ClockPage(Wire):
    """Some clocks, the next due first, and where the list goes on."""

    items: list[ClockRow]
    next: str | None


class ClockQuery(PageQuery):
    """Which clocks: `open` are those whose act is still owed, late or not."""

    state: Literal["open", "all"] = "open"
    court_id: CourtId | None = None


def clock_row(clock: DeadlineClock) -> ClockRow:
    """The wire shape of a clock, with the words of its clause."""
    clause = rulebooks()[clock.rulebook_id].clauses[clock.clause]
    return ClockRow(
        id=clock.id,
        clock=ClockCode(clock.clock),
        clause=clock.clause,
        clause_text=ClauseText(zh=clause.zh, en=clause.en),
        rulebook=clock.rulebook_id,
        kind=LimitKind(clock.kind),
        subject_kind=clock.subject_kind,
        subject_id=clock.subject_id,
        court_id=clock.court_id,
        title=clock.title,
        started_at=clock.started_at,
        due_at=clock.due_at,
        regime=Regime(clock.regime) if clock.regime else None,
        provisional=clock.provisional,
        state=ClockState(clock.state),
        stopped_at=clock.stopped_at,
        breached_at=clock.breached_at,
        warnings=[
            ClockWarning(at=from_wire(step["at"]), given=number < clock.warnings_given, clause=step["clause"])
            for number, step in enumerate(clock.warnings)
        ],
    )
