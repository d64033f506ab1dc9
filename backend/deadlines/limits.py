"""The limit a court's rulebook sets for one of its clocks, and the columns it fills (A14, A19)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.deadlines.rulebooks import ClockCode, rulebooks
from backend.deadlines.rules import Deadline, deadline
from backend.deadlines.views import court_adoption, court_schedule, work_calendar


def deadline_for(work: UnitOfWork, clock: ClockCode, court_id: str, started_at: datetime) -> Deadline | None:
    """The deadline the court's rulebook sets for a start event.

    None where the court had adopted no rulebook by then, or one whose text sets no limit for this clock at all.
    """
    adoption = court_adoption(work.session, court_id, started_at)
    if adoption is None:
        return None
    book = rulebooks()[adoption.rulebook_id]
    if all(limit.clock != clock for limit in book.limits):
        return None
    return deadline(
        book,
        clock,
        started_at,
        work_calendar(work.session),
        court_schedule(work.session, court_id, started_at),
        article_7_at_night=adoption.article_7_at_night,
    )


def columns_of(limit: Deadline) -> dict[str, Any]:
    """Return a deadline as the columns of its row."""
    return {
        **asdict(limit),
        "warnings": [
            {"at": to_wire(one.at), "tell": [*one.tell], "clause": one.clause} for one in limit.warnings
        ],
        "tell": [*limit.tell],
    }
