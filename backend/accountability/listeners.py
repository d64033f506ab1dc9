"""What clocks and orders do to records, inside the transaction of the act (BSS-6, BSS-7, BSS-8; A8)."""

from sqlalchemy import select

from backend.accountability.opening import name_again, open_by_clock, people_of, record_of_clock, tell_all
from backend.accountability.rules import ENDED, State, may_open_by_clock, state_after_disproof
from backend.accountability.tables import Record
from backend.accountability.telling import publish_record
from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM
from backend.deadlines.events import ClockBreached, ClockDisproved
from backend.deadlines.views import clock_codes
from backend.directives.events import DirectiveMoved

NAMING_ACTS = frozenset({"accept", "take_over", "decline", "complete"})
"""Acts that say who carried an order; one that arrives late can name another."""


def follow_breach(work: UnitOfWork, event: ClockBreached) -> None:
    """Put down a record for a printed number that passed; a target of ours puts down nothing."""
    if may_open_by_clock(event.kind, event.record):
        open_by_clock(work, event)


def follow_disproof(work: UnitOfWork, event: ClockDisproved) -> None:
    """Close the record of a clock that was kept after all; one that people ended is flagged for its decider."""
    record = record_of_clock(work, event.clock_id)
    if record is None or record.state == State.DISPROVED:
        return
    after = state_after_disproof(State(record.state))
    if after is None:
        if record.contradicted_at is not None:
            return
        record.contradicted_at = work.now
        work.audit(SYSTEM, "record.contradict", "record", record.id, record.court_id, event.due_at)
    else:
        record.state, record.ended_at = after, work.now
        work.audit(SYSTEM, "record.disprove", "record", record.id, record.court_id, event.due_at)
    publish_record(work, record, [row.user_id for row in people_of(work, record.id)])


def follow_move(work: UnitOfWork, event: DirectiveMoved) -> None:
    """Find out again whom the open records of an order concern, when an act says who carried it."""
    if event.act not in NAMING_ACTS:
        return
    subjects = [("directive", one) for one in event.about] + (
        [("lead", event.lead_id)] if event.lead_id else []
    )
    for subject_kind, subject_id in subjects:
        rows = work.session.execute(
            select(Record)
            .where(
                Record.subject_kind == subject_kind,
                Record.subject_id == subject_id,
                Record.clock_id.is_not(None),
                Record.state.not_in(ENDED),
            )
            .with_for_update()
        ).scalars()
        for record in rows.all():
            code = clock_codes(work.session, [str(record.clock_id)])[str(record.clock_id)]
            if name_again(work, record, code):
                tell_all(work, record)
