"""Releasing a person who was named by mistake: by a judge, with the reason, told and kept (domain 1.11)."""

from backend.accountability.deciding import refuse_stale
from backend.accountability.judging import demand_judge
from backend.accountability.naming import stand_anew
from backend.accountability.rules import ENDED, Reason
from backend.accountability.schemas import ReleaseAct
from backend.accountability.tables import Record, RecordPerson
from backend.accountability.telling import publish_record, tell_person
from backend.accountability.views import locked_record, people_of_records, people_told
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.deadlines.rulebooks import Audience
from backend.notify.rules import RecordMatter
from backend.people.permissions import Permission


def release_person(work: UnitOfWork, actor: Actor, record_id: str, act: ReleaseAct) -> Record:
    """Release a person whom somebody named by mistake, so that no decision falls on them; the line stays.

    404.1 for whom the record does not concern; 409.2 once it has ended, and for whom the roster or an order names: that
    changes with what carried the order alone.
    """
    record = locked_record(work, record_id)
    work.authorise(actor, Permission.RECORD_DECIDE, record.court_id)
    demand_judge(work, actor, record, people_of_records(work.session, [record.id])[record.id])
    refuse_stale(record, act.revision)
    person = work.session.get(RecordPerson, (record.id, act.user_id))
    if person is None or person.released_at is not None:
        raise not_found("该记录与此人无关", "The record does not concern this person")
    if record.state in ENDED or person.reason != Reason.NAMED:
        raise Problem(
            "409.2",
            "只能在记录结束前解除由人指明的当事人",
            "Only a person named by somebody can be released, before the record has ended",
            state=record.state,
        )
    person.released_at, person.released_by, person.released_words = work.now, actor.user_id, act.words
    work.session.flush()
    stand_anew(work, record)
    work.audit(actor, "record.release", "record", record.id, record.court_id, person=act.user_id)
    tell_person(work, record, act.user_id, Audience.RESPONSIBLE, RecordMatter.RELEASED)
    publish_record(work, record, people_told(work, record))
    return record
