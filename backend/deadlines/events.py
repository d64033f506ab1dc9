"""What clocks tell the other rooms inside a transaction (BSS-7, BSS-8; A8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.core.events import Event
from backend.deadlines.tables import DeadlineClock


@dataclass(frozen=True)
class ClockEvent(Event):
    """What other rooms need to know of a clock; `kind` is `rule` or `target`: only a rule may accuse.

    `breach_tells` and `record`: whom its breach is told to, and what it puts down for somebody to explain.
    """

    clock_id: str
    clock: str
    kind: str
    subject_kind: str
    subject_id: str
    court_id: str
    team_id: str | None
    title: str
    rulebook_id: str
    clause: str
    started_at: datetime
    due_at: datetime
    breach_tells: tuple[str, ...]
    record: str | None


@dataclass(frozen=True)
class ClockMoved(ClockEvent):
    """A clock started, was met or cancelled, or runs again; no limit has passed."""


@dataclass(frozen=True)
class ClockWarned(ClockEvent):
    """A limit comes near: the step of the clock, when it was planned for, whom to tell, the clause that passed (A2)."""

    step: int
    at: datetime
    tell: tuple[str, ...]
    passed: str | None


@dataclass(frozen=True)
class ClockBreached(ClockEvent):
    """The limit has passed and nothing can disprove it any more."""


@dataclass(frozen=True)
class ClockUnconfirmed(ClockEvent):
    """The limit has passed, and a phone out of contact could still disprove it: an alert, no accusation."""


@dataclass(frozen=True)
class ClockDisproved(ClockEvent):
    """A breach, confirmed or not, turned out to be none: the act had happened on time."""


def facts_of(row: DeadlineClock) -> dict[str, Any]:
    """Return the fields of an event about this clock."""
    return {
        "clock_id": row.id,
        "clock": row.clock,
        "kind": row.kind,
        "subject_kind": row.subject_kind,
        "subject_id": row.subject_id,
        "court_id": row.court_id,
        "team_id": row.team_id,
        "title": row.title,
        "rulebook_id": row.rulebook_id,
        "clause": row.clause,
        "started_at": row.started_at,
        "due_at": row.due_at,
        "breach_tells": tuple(row.tell),
        "record": row.record,
    }
