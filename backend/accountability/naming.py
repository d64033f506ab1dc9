"""Whom a record concerns: found by rule or named by a person, told at once, released when another carried it (A8)."""

from backend.accountability.concerned import Concerned, concerned_by_clock
from backend.accountability.rules import ENDED, Reason, state_of_unended
from backend.accountability.schemas import NameAct
from backend.accountability.tables import Record, RecordPerson
from backend.accountability.telling import publish_record, tell_person
from backend.accountability.views import (
    active_people,
    commands,
    explanations_of,
    locked_record,
    people_of_records,
    people_told,
)
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.deadlines.rulebooks import Audience
from backend.notify.rules import RecordMatter
from backend.people.permissions import Permission, Role
from backend.people.views import find_user, people_holding


def name_again(work: UnitOfWork, record: Record, clock: str) -> bool:
    """Find out once more whom a clock's record concerns, and whether that changed.

    An acceptance that arrives late can name another; who is concerned no more is released and told so.
    """
    found = concerned_by_clock(
        work.session,
        clock,
        record.court_id,
        str(record.subject_kind),
        str(record.subject_id),
        record.happened_at,
    )
    rows = {row.user_id: row for row in people_of_records(work.session, [record.id])[record.id]}
    wanted = {one.user_id: one for one in found}
    changed = False
    for user_id, row in rows.items():
        if row.reason == Reason.NAMED:
            continue
        if user_id not in wanted and row.released_at is None:
            row.released_at, changed = work.now, True
            tell_person(work, record, user_id, Audience.RESPONSIBLE, RecordMatter.RELEASED)
        elif user_id in wanted and row.released_at is not None:
            call_again(row, wanted[user_id].reason)
            changed = True
        elif user_id in wanted and row.reason != wanted[user_id].reason:
            row.reason, changed = wanted[user_id].reason, True
    for user_id, one in wanted.items():
        if user_id not in rows:
            add_person(work, record, one)
            changed = True
    work.session.flush()
    if changed:
        stand_anew(work, record)
    return changed


def call_again(row: RecordPerson, reason: Reason) -> None:
    """Let a record concern somebody again who was released: they are told anew, and have their days from then."""
    row.released_at, row.reason, row.told_at = None, reason, None
    row.released_by = row.released_words = None


def stand_anew(work: UnitOfWork, record: Record) -> None:
    """Let a record that has not ended stand as those say whom it concerns now: words of the released change nothing."""
    active = {row.user_id for row in active_people(work.session, record.id)}
    explanations = explanations_of(work.session, [record.id])[record.id]
    record.state = state_of_unended(has_explanations=any(one.user_id in active for one in explanations))


def add_person(work: UnitOfWork, record: Record, one: Concerned) -> None:
    """Keep that a record concerns a person, and whether that person commands the court."""
    work.session.add(
        RecordPerson(
            record_id=record.id,
            user_id=one.user_id,
            reason=one.reason,
            is_commander=commands(work.session, one.user_id, record),
        )
    )


def tell_all(work: UnitOfWork, record: Record) -> bool:
    """Tell everybody concerned who was not told yet, and publish the record; whether it concerns anybody.

    Who lies in an inbox has been told, as an order is served: the days to explain begin.
    """
    active = active_people(work.session, record.id)
    for row in active:
        if row.told_at is None:
            row.told_at = work.now
            tell_person(work, record, row.user_id, Audience.RESPONSIBLE, RecordMatter.EXPLAIN)
    publish_record(work, record, people_told(work, record))
    return bool(active)


def tell_commander(work: UnitOfWork, record: Record) -> None:
    """Tell the court's commander that a record names nobody: somebody has to say whom it concerns."""
    held = people_holding(work.session, record.court_id, [Role.COMMANDER], work.now)
    for user_id in held.get(Role.COMMANDER, []):
        tell_person(work, record, user_id, Audience.COMMANDER, RecordMatter.NAME)


def demand_person_of_court(work: UnitOfWork, user_id: str, court_id: str) -> None:
    """Raise 404.1 unless there is such a person at the court."""
    user = find_user(work.session, user_id)
    if user is None or user.court_id != court_id:
        raise not_found("该法院没有此人", "No such person at this court")


def name_person(work: UnitOfWork, actor: Actor, record_id: str, act: NameAct) -> Record:
    """Say whom a record concerns; that person is told at once, and a second time changes nothing. 409.2 once it has ended.

    Whoever may open records may not read them all, so no refusal says more than that.
    """
    record = locked_record(work, record_id)
    work.authorise(actor, Permission.RECORD_OPEN, record.court_id)
    if record.state in ENDED:
        raise Problem("409.2", "该记录已结束", "The record has ended")
    demand_person_of_court(work, act.user_id, record.court_id)
    known = work.session.get(RecordPerson, (record.id, act.user_id))
    if known is None:
        add_person(work, record, Concerned(act.user_id, Reason.NAMED))
    elif known.released_at is not None:
        call_again(known, Reason.NAMED)
    else:
        return record
    work.session.flush()
    stand_anew(work, record)
    work.audit(actor, "record.name", "record", record.id, record.court_id, person=act.user_id)
    tell_all(work, record)
    return record
