"""What clocks and orders do to records, inside the transaction of the act (BSS-6, BSS-7, BSS-8; A8)."""

from sqlalchemy import select

from backend.accountability.judging import tell_judges
from backend.accountability.naming import name_again, tell_all
from backend.accountability.opening import open_by_clock, record_of_clock
from backend.accountability.rules import ENDED, State, may_open_by_clock, state_after_disproof
from backend.accountability.tables import Record
from backend.accountability.telling import publish_record
from backend.accountability.views import people_told
from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM
from backend.deadlines.events import ClockBreached, ClockDisproved
from backend.deadlines.views import clock_by_id
from backend.directives.events import DirectiveMoved
from backend.directives.views import parent_id_of

NAMING_ACTS = frozenset({"accept", "take_over", "decline", "complete"})
"""Acts that say who carried an order; one that arrives late can name another."""


def follow_breach(work: UnitOfWork, event: ClockBreached) -> None:
    """Put down a record for a printed number that passed; a target of ours puts down nothing."""
    if may_open_by_clock(event.kind, event.record):
        open_by_clock(work, event)


def follow_disproof(work: UnitOfWork, event: ClockDisproved) -> None:
    """Close the record of a clock that was kept after all; one that people ended is flagged, and its judges told."""
    record = record_of_clock(work, event.clock_id)
    if record is None or record.state == State.DISPROVED:
        return
    after = state_after_disproof(State(record.state))
    if after is None:
        if record.contradicted_at is not None:
            return
        record.contradicted_at = work.now
        work.audit(SYSTEM, "record.contradict", "record", record.id, record.court_id, event.due_at)
        tell_judges(work, record)
    else:
        record.state, record.ended_at = after, work.now
        work.audit(SYSTEM, "record.disprove", "record", record.id, record.court_id, event.due_at)
    publish_record(work, record, people_told(work, record))


def follow_move(work: UnitOfWork, event: DirectiveMoved) -> None:
    """Find out again whom the open records of an order concern, when an act says who carried it."""
    if event.act not in NAMING_ACTS:
        return
    subjects = {event.directive_id, event.lead_id, parent_id_of(work.session, event.directive_id)} - {None}
    rows = work.session.execute(
        select(Record)
        .where(
            Record.subject_id.in_(sorted(str(one) for one in subjects)),
            Record.clock_id.is_not(None),
            Record.state.not_in(ENDED),
        )
        .order_by(Record.id)
        .with_for_update()
    )
    for record in rows.scalars().all():
        clock = clock_by_id(work.session, str(record.clock_id))
        if clock is not None and name_again(work, record, clock.clock):
            tell_all(work, record)
