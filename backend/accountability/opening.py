"""Opening a record: by a broken limit that an adopted rule prints, by a complaint, or by a person (BSS-6 to 8, 12; DL-16)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from backend.accountability.concerned import Concerned
from backend.accountability.naming import (
    add_person,
    demand_person_of_court,
    name_again,
    stand_anew,
    tell_all,
    tell_commander,
)
from backend.accountability.rules import (
    CLAUSE_OF,
    Ground,
    Opened,
    Reason,
    State,
    record_number,
)
from backend.accountability.schemas import NewRecord
from backend.accountability.tables import Complaint, Record
from backend.accountability.views import people_of_records
from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM, Actor
from backend.core.problems import Problem, not_found
from backend.core.serials import next_serial
from backend.courts.views import find_court
from backend.deadlines.events import ClockEvent
from backend.deadlines.work_calendar import court_day
from backend.directives.views import read_directive
from backend.leads.views import read_lead
from backend.people.permissions import Permission


def open_by_clock(work: UnitOfWork, clock: ClockEvent) -> Record:
    """Open the one record of a clock that was broken; judged again, it stays, and a disproved one opens again."""
    work.authorise_by_rule("a limit printed in an adopted rule passed")
    record = record_of_clock(work, clock.clock_id)
    if record is None:
        record = add_record(
            work,
            SYSTEM,
            court_id=clock.court_id,
            ground=Ground(str(clock.record)),
            clause=clock.clause,
            opened_as=Opened.CLOCK,
            happened_at=clock.due_at,
            title=clock.title,
            subject_kind=clock.subject_kind,
            subject_id=clock.subject_id,
            clock_id=clock.clock_id,
        )
        work.session.flush()
    elif record.state != State.DISPROVED:
        return record
    else:
        reopen(work, record, clock.due_at)
    name_again(work, record, clock.clock)
    told = tell_all(work, record)
    if not told:
        tell_commander(work, record)
    return record


def record_of_clock(work: UnitOfWork, clock_id: str) -> Record | None:
    """Return the record a clock has put down, locked for this transaction, or None."""
    return work.session.execute(
        select(Record).where(Record.clock_id == clock_id).with_for_update()
    ).scalar_one_or_none()


def reopen(work: UnitOfWork, record: Record, happened_at: datetime) -> None:
    """Open a disproved record again: its limit was counted anew, and has passed."""
    record.state, record.ended_at, record.happened_at = State.OPEN, None, happened_at
    stand_anew(work, record)
    for row in people_of_records(work.session, [record.id])[record.id]:
        # Who was told that it had closed is told anew, and has three days from then.
        row.told_at = None
    work.audit(SYSTEM, "record.reopen", "record", record.id, record.court_id, happened_at)


def open_by_person(work: UnitOfWork, actor: Actor, form: NewRecord) -> Record:
    """Open a record in one's own words, on a complaint or on none; sending it twice opens it once.

    Raises 403.1 outside one's courts, 404.1 for a thing or person that is not there, 409.3 for an id already used,
    422.1 for a time to come or a person of another court.
    """
    work.authorise(actor, Permission.RECORD_OPEN, form.court_id)
    if form.id is not None and (known := work.session.get(Record, form.id)) is not None:
        if known.opened_by == actor.user_id and known.words == form.words and known.ground == form.ground:
            return known
        raise Problem("409.3", "此编号的记录已存在", "Another record has this id")
    if form.happened_at > work.now:
        raise Problem(
            "422.1", "发生时间不能晚于现在", "It cannot have happened later", fields={"happened_at": []}
        )
    check_subject(work, actor, form)
    for user_id in form.people:
        demand_person_of_court(work, user_id, form.court_id)
    record = add_record(
        work,
        actor,
        id=form.id,
        court_id=form.court_id,
        ground=form.ground,
        clause=CLAUSE_OF[form.ground],
        opened_as=Opened.COMPLAINT if form.complaint_id else Opened.PERSON,
        opened_by=actor.user_id,
        happened_at=form.happened_at,
        words=form.words,
        title=form.title,
        subject_kind=form.subject_kind,
        subject_id=form.subject_id,
        complaint_id=form.complaint_id,
    )
    work.session.flush()
    for user_id in dict.fromkeys(form.people):
        add_person(work, record, Concerned(user_id, Reason.NAMED))
    work.session.flush()
    if not tell_all(work, record):
        tell_commander(work, record)
    return record


def check_subject(work: UnitOfWork, actor: Actor, form: NewRecord) -> None:
    """Refuse a lead, directive or complaint that is not there, or that the actor or the record's court has no part in."""
    if form.subject_kind == "lead" and form.subject_id is not None:
        if read_lead(work.session, actor, form.subject_id).court_id != form.court_id:
            raise Problem(
                "422.1", "线索不属于该法院", "The lead is another court's", fields={"subject_id": []}
            )
    elif form.subject_kind == "directive" and form.subject_id is not None:
        row = read_directive(work.session, actor, form.subject_id)
        if form.court_id not in (row.target_court_id, row.issuing_court_id):
            raise Problem(
                "422.1", "指令与该法院无关", "The directive is not that court's", fields={"subject_id": []}
            )
    if form.complaint_id is not None:
        complaint = work.session.get(Complaint, form.complaint_id)
        if complaint is None or complaint.court_id != form.court_id:
            raise not_found("没有此投诉", "No such complaint at this court")


def add_record(work: UnitOfWork, actor: Actor, id: str | None = None, **fields: Any) -> Record:
    """Number and keep a new record with its audit line; the audit line holds nobody's words."""
    court = find_court(work.session, fields["court_id"])
    if court is None:
        raise not_found()
    year = court_day(work.now).year
    number = record_number(court.code, year, next_serial(work, court.id, "record", year))
    record = Record(id=id or new_identifier(), revision=0, number=number, opened_at=work.now, **fields)
    work.session.add(record)
    about = {
        "about_kind": record.subject_kind,
        "about_id": record.subject_id,
        "clock_id": record.clock_id,
        "complaint_id": record.complaint_id,
    }
    work.audit(
        actor,
        "record.open",
        "record",
        record.id,
        record.court_id,
        record.happened_at if record.opened_as == Opened.CLOCK else None,
        number=number,
        ground=record.ground,
        clause=record.clause,
        limit=to_wire(record.happened_at),
        **{name: value for name, value in about.items() if value is not None},
    )
    return record
