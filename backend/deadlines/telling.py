"""How a change of a clock is written down and told: its audit line, `clock.changed`, and the event for other rooms."""

from datetime import datetime
from typing import Any

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor, room_of_court
from backend.deadlines.events import ClockEvent, ClockMoved, facts_of
from backend.deadlines.schemas import clock_row
from backend.deadlines.tables import DeadlineClock
from backend.people.permissions import Permission


def revise(work: UnitOfWork, row: DeadlineClock, happened: type[ClockEvent] | None = ClockMoved) -> None:
    """Number a change and tell it."""
    row.revision += 1
    publish(work, row, happened)


def publish(work: UnitOfWork, row: DeadlineClock, happened: type[ClockEvent] | None = ClockMoved) -> None:
    """Tell a clock as it stands; `happened` None: the caller raises an event with more in it."""
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


def audit_line(
    work: UnitOfWork, by: Actor, row: DeadlineClock, action: str, occurred_at: datetime, **detail: Any
) -> None:
    """Write an audit line on the clock's subject, with the clock, its clause and its limit."""
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
