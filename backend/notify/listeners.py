"""What clocks do: each warning and each passed limit is told to the people who hold the post now (BSS-6 to BSS-8; A8)."""

from collections.abc import Collection

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.deadlines.events import (
    ClockBreached,
    ClockDisproved,
    ClockEvent,
    ClockMoved,
    ClockUnconfirmed,
    ClockWarned,
)
from backend.deadlines.rulebooks import Audience
from backend.notify.posts import holders_now
from backend.notify.rules import NoticeKind, told_people
from backend.notify.service import give_notice, settle

PENDING = (NoticeKind.CLOCK_WARNING, NoticeKind.CLOCK_UNCONFIRMED)
"""What is moot as soon as the clock's fate is known; a breach stays until its people took note."""


def follow_warning(work: UnitOfWork, event: ClockWarned) -> None:
    """Tell the next step of a limit that comes near; it takes the place of the step before."""
    settle(work, event.clock_id, PENDING)
    tell(work, event, NoticeKind.CLOCK_WARNING, event.tell, step=event.step, passed=event.passed)


def follow_breach(work: UnitOfWork, event: ClockBreached) -> None:
    """Tell that a limit has passed."""
    settle(work, event.clock_id, PENDING)
    tell(work, event, NoticeKind.CLOCK_BREACH, event.breach_tells)


def follow_doubt(work: UnitOfWork, event: ClockUnconfirmed) -> None:
    """Tell that a limit has passed which a phone out of contact may still disprove: an alert, no accusation."""
    settle(work, event.clock_id, PENDING)
    tell(work, event, NoticeKind.CLOCK_UNCONFIRMED, event.breach_tells)


def follow_proof(work: UnitOfWork, event: ClockDisproved) -> None:
    """Tell those who heard of a breach that it was none; what they were told is settled."""
    if settle(work, event.clock_id, (*PENDING, NoticeKind.CLOCK_BREACH)):
        tell(work, event, NoticeKind.CLOCK_DISPROVED, event.breach_tells)


def follow_end(work: UnitOfWork, event: ClockMoved) -> None:
    """Settle the warnings of a clock that was met or called off."""
    settle(work, event.clock_id, PENDING)


def tell(
    work: UnitOfWork,
    event: ClockEvent,
    kind: NoticeKind,
    audiences: Collection[str],
    *,
    step: int | None = None,
    passed: str | None = None,
) -> None:
    """Give a notice about a clock to whoever the audiences are at this moment."""
    told = told_people(
        [Audience(one) for one in audiences],
        holders_now(work, event.court_id, event.subject_kind, event.subject_id),
    )
    give_notice(
        work,
        court_id=event.court_id,
        kind=kind,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        title=event.title,
        people=told,
        at=event.at if isinstance(event, ClockWarned) else event.due_at,
        clock_id=event.clock_id,
        detail={
            "clock": event.clock,
            "rulebook": event.rulebook_id,
            "clause": event.clause,
            "due_at": to_wire(event.due_at),
            "step": step,
            "passed": passed,
        },
    )
