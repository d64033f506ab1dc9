"""What people do with a record: explain it, accept the reason, decide (domain 1.11); nobody judges their own."""

from collections.abc import Sequence
from typing import Any

from backend.accountability.evidence import freeze
from backend.accountability.judging import demand_judge, is_judge
from backend.accountability.rules import (
    ENDED,
    Decision,
    Heard,
    Reason,
    State,
    has_explained,
    may_decide,
)
from backend.accountability.schemas import AcceptReasonAct, DecideAct, RecordAct
from backend.accountability.tables import Explanation, FormerDecision, Record, RecordPerson
from backend.accountability.telling import publish_record, tell_person
from backend.accountability.views import (
    active_people,
    explanations_of,
    former_decisions,
    locked_record,
    people_of_records,
    people_told,
)
from backend.core.clock import to_wire
from backend.core.commands import Occurrence, Outcome
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.deadlines.rulebooks import Audience
from backend.notify.rules import RecordMatter
from backend.people.permissions import Permission


def explain(
    work: UnitOfWork, actor: Actor, record_id: str, words: str, occurrence: Occurrence | None = None
) -> Outcome:
    """Keep a person's own words about a record that concerns them, or did; 403.1 for anybody else.

    Words that arrive after its end, or of somebody released, are kept too, and change nothing.
    """
    record = locked_record(work, record_id)
    person = work.session.get(RecordPerson, (record.id, actor.user_id))
    if person is None:
        raise Problem("403.1")
    work.authorise_by_rule("whoever a record concerns may explain it")
    at = occurrence.at if occurrence else work.now
    earlier = explanations_of(work.session, [record.id])[record.id]
    work.session.add(
        Explanation(
            record_id=record.id,
            version=max((one.version for one in earlier), default=0) + 1,
            user_id=actor.user_id,
            words=words,
            written_at=at,
            received_at=work.now,
            device_id=actor.device_id,
            time_trusted=occurrence.trusted if occurrence else True,
        )
    )
    counts = record.state not in ENDED and person.released_at is None
    if counts:
        record.state = State.EXPLAINED
    work.audit(actor, "record.explain", "record", record.id, record.court_id, at)
    publish(work, record)
    return Outcome("applied" if counts else "superseded", record.id, record.revision)


def accept_reason(work: UnitOfWork, actor: Actor, record_id: str, act: AcceptReasonAct) -> Record:
    """Accept the reason that was given, before anything is referred; 409.2 before anybody has explained."""
    record = locked_record(work, record_id)
    work.authorise(actor, Permission.RECORD_ACCEPT_REASON, record.court_id)
    people = people_of_records(work.session, [record.id])[record.id]
    demand_judge(work, actor, record, people)
    refuse_stale(record, act.revision)
    if record.state != State.EXPLAINED:
        raise Problem("409.2", "尚无说明可采纳", "There is no explanation to accept", state=record.state)
    end(work, actor, record, State.REASON_ACCEPTED, act.words)
    work.audit(actor, "record.accept_reason", "record", record.id, record.court_id)
    publish(work, record)
    return record


def decide(work: UnitOfWork, actor: Actor, record_id: str, act: DecideAct) -> Record:
    """Decide a record: not upheld at any time, against somebody only once they were heard or had three full days.

    One whose end was contradicted since is decided once more; the former end is kept, and those concerned are told.
    """
    record = locked_record(work, record_id)
    work.authorise(actor, Permission.RECORD_DECIDE, record.court_id)
    people = people_of_records(work.session, [record.id])[record.id]
    demand_judge(work, actor, record, people)
    refuse_stale(record, act.revision)
    explanations = explanations_of(work.session, [record.id])[record.id]
    if not may_decide(act.decision, heard(people, explanations), work.now):
        raise Problem(
            "409.2",
            "当事人尚未说明，且告知未满三日（或未确定当事人）",
            "Those concerned have neither explained nor had three full days since they were told, or nobody is named",
            state=record.state,
        )
    former = keep_former(work, record)
    end(work, actor, record, State.DECIDED, act.words)
    record.decision, record.referred_to, record.contradicted_at = act.decision, act.referred_to, None
    work.audit(actor, "record.decide", "record", record.id, record.court_id, decision=act.decision, **former)
    publish(work, record)
    if former:
        for one in active_people(work.session, record.id):
            tell_person(work, record, one.user_id, Audience.RESPONSIBLE, RecordMatter.DECIDED_AGAIN)
    return record


def keep_former(work: UnitOfWork, record: Record) -> dict[str, Any]:
    """Keep how a record had ended before it is decided again, and return that for the audit line; {} the first time."""
    if record.contradicted_at is None or record.ended_at is None or record.ended_by is None:
        return {}
    work.session.add(
        FormerDecision(
            record_id=record.id,
            number=len(former_decisions(work.session, record.id)) + 1,
            state=record.state,
            decision=record.decision,
            referred_to=record.referred_to,
            words=record.ended_words or "",
            decided_by=record.ended_by,
            decided_at=record.ended_at,
            contradicted_at=record.contradicted_at,
            evidence=record.evidence or {},
            evidence_sha256=record.evidence_sha256 or "",
        )
    )
    return {
        "former": record.decision or record.state,
        "former_by": record.ended_by,
        "former_at": to_wire(record.ended_at),
    }


def end(work: UnitOfWork, actor: Actor, record: Record, state: State, words: str) -> None:
    """End a record by a person's act, with the evidence as it stands."""
    freeze(work.session, record)
    record.state, record.ended_at = state, work.now
    record.ended_by, record.ended_words = actor.user_id, words


def publish(work: UnitOfWork, record: Record) -> None:
    """Tell the change to the court's readers and to everybody concerned."""
    publish_record(work, record, people_told(work, record))


def heard(people: Sequence[RecordPerson], explanations: Sequence[Explanation]) -> list[Heard]:
    """Return what each person concerned has had; those released are not decided about."""
    return [Heard(one.told_at, is_heard(one, explanations)) for one in people if one.released_at is None]


def is_heard(person: RecordPerson, explanations: Sequence[Explanation]) -> bool:
    """Tell whether a person concerned has explained since they were told."""
    return has_explained(
        person.told_at, (one.written_at for one in explanations if one.user_id == person.user_id)
    )


def is_closed(record: Record) -> bool:
    """Tell whether nothing is to be decided on a record: it has ended, and nothing has spoken against that end since."""
    return record.state in ENDED and record.contradicted_at is None


def refuse_stale(record: Record, revision: int) -> None:
    """Raise 409.2 once the record is closed, 409.1 unless the actor saw it as it stands."""
    if is_closed(record):
        raise Problem("409.2", "该记录已结束", "The record has ended", state=record.state)
    if revision != record.revision:
        raise Problem("409.1", revision=record.revision)


def acts_open(
    work: UnitOfWork,
    actor: Actor,
    record: Record,
    people: Sequence[RecordPerson],
    explanations: Sequence[Explanation],
) -> list[RecordAct]:
    """Return what whoever reads the record may do now."""
    if is_closed(record):
        return []
    judges = is_judge(work, actor, record, people)
    found: list[RecordAct] = []
    ended = record.state in ENDED
    if not ended and any(one.user_id == actor.user_id and one.released_at is None for one in people):
        found.append("explain")
    if (
        judges
        and record.state == State.EXPLAINED
        and actor.may(Permission.RECORD_ACCEPT_REASON, record.court_id)
    ):
        found.append("accept_reason")
    if judges and actor.may(Permission.RECORD_DECIDE, record.court_id):
        found.append("decide")
        if may_decide(Decision.REMINDER, heard(people, explanations), work.now):
            found.append("decide_against")
        if not ended and any(one.reason == Reason.NAMED and one.released_at is None for one in people):
            found.append("release")
    if not ended and actor.may(Permission.RECORD_OPEN, record.court_id):
        found.append("name")
    return found
