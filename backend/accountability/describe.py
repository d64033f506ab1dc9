"""A record in its shapes on the wire: the row of a list, and the whole with its evidence for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from backend.accountability.complaint_schemas import ComplaintShape
from backend.accountability.deciding import acts_open, is_heard
from backend.accountability.evidence import read_evidence
from backend.accountability.own_view import only_of, until_released
from backend.accountability.rules import CHANCE_TO_EXPLAIN
from backend.accountability.schemas import FormerDecisionShape, RecordRow, RecordShape
from backend.accountability.tables import Complaint, Explanation, Record, RecordPerson
from backend.accountability.texts import clause_texts
from backend.accountability.views import (
    complaint_numbers,
    explanations_of,
    former_decisions,
    may_read,
    people_of_records,
    records_of_complaints,
    with_complainant,
)
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.courts.views import court_names
from backend.deadlines.rulebooks import rulebooks
from backend.deadlines.schemas import ClauseText, ClockRow
from backend.deadlines.views import clock_by_id
from backend.directives.views import directive_numbers
from backend.leads.views import lead_numbers
from backend.people.permissions import Permission
from backend.people.views import user_names


@dataclass(frozen=True)
class Around:
    """The names, numbers and clocks around some records, read once for all of them."""

    names: dict[str, str]
    courts: dict[str, str]
    numbers: dict[str, str]
    clocks: dict[str, ClockRow]
    people: dict[str, list[RecordPerson]]
    explanations: dict[str, list[Explanation]]

    def person(self, user_id: str) -> dict[str, str]:
        """Return a person by id and name."""
        return {"id": user_id, "name": self.names.get(user_id, "")}


def around(session: Session, records: Sequence[Record]) -> Around:
    """Read what the rows of these records need."""
    ids = [record.id for record in records]
    people, explanations = people_of_records(session, ids), explanations_of(session, ids)
    everybody = {row.user_id for rows in people.values() for row in rows}
    everybody |= {row.released_by for rows in people.values() for row in rows if row.released_by is not None}
    everybody |= {row.user_id for rows in explanations.values() for row in rows}
    everybody |= {one for record in records for one in (record.opened_by, record.ended_by) if one is not None}
    subjects: dict[str | None, set[str]] = {"lead": set(), "directive": set()}
    for record in records:
        if record.subject_id is not None:
            subjects[record.subject_kind].add(record.subject_id)
    clocks = {record.clock_id: clock_by_id(session, record.clock_id) for record in records if record.clock_id}
    return Around(
        names=user_names(session, everybody),
        courts=court_names(session),
        numbers={
            **lead_numbers(session, subjects["lead"]),
            **directive_numbers(session, subjects["directive"]),
        },
        clocks={clock_id: clock for clock_id, clock in clocks.items() if clock is not None},
        people=people,
        explanations=explanations,
    )


def describe_rows(session: Session, records: Sequence[Record]) -> list[dict[str, Any]]:
    """Return the shape `RecordRow` of each record."""
    known = around(session, records)
    return [RecordRow.model_validate(row_of(record, known)).model_dump(mode="json") for record in records]


def row_of(record: Record, known: Around) -> dict[str, Any]:
    """Return the fields of a record's row."""
    clock = known.clocks.get(record.clock_id or "")
    late = (clock.stopped_at - clock.due_at).total_seconds() if clock and clock.stopped_at else None
    plain = {
        name: getattr(record, name) for name in RecordRow.model_fields if name in Record.__table__.columns
    }
    return {
        **plain,
        "court": {"id": record.court_id, "name": known.courts.get(record.court_id, "")},
        "clause_text": clause_text(record, clock),
        "late_seconds": int(late) if late is not None and late > 0 else None,
        "subject_number": known.numbers.get(record.subject_id or ""),
        "people": [
            {
                "user": known.person(one.user_id),
                "reason": one.reason,
                "told_at": one.told_at,
                "heard_until": one.told_at + CHANCE_TO_EXPLAIN if one.told_at else None,
                "has_explained": is_heard(one, known.explanations[record.id]),
                "released_at": one.released_at,
                "released_by": known.person(one.released_by) if one.released_by else None,
                "released_words": one.released_words,
            }
            for one in known.people[record.id]
        ],
    }


def clause_text(record: Record, clock: ClockRow | None) -> ClauseText | None:
    """Return the words of a record's clause: as its rulebook prints them, or those a person relies on."""
    if clock is not None:
        words = rulebooks()[clock.rulebook].clauses.get(record.clause)
        if words is not None:
            return ClauseText(zh=words.zh, en=words.en)
    return clause_texts().get(record.clause)


def describe_record(work: UnitOfWork, actor: Actor, record: Record) -> dict[str, Any]:
    """Return the shape `RecordShape` for whoever asks: a person concerned sees only their own words and phone."""
    known = around(work.session, [record])
    former = former_decisions(work.session, record.id)
    deciders = user_names(work.session, {one.decided_by for one in former})
    reads_all = actor.may(Permission.RECORD_READ, record.court_id)
    explanations = [one for one in known.explanations[record.id] if reads_all or one.user_id == actor.user_id]
    evidence = read_evidence(work.session, record)
    complaint = record.complaint_id if reads_all else None
    people = known.people[record.id]
    values = {
        **row_of(record, known),
        "opened_by": known.person(record.opened_by) if record.opened_by else None,
        "words": record.words,
        "complaint_id": complaint,
        "complaint_number": complaint_numbers(work.session, [complaint]).get(complaint)
        if complaint
        else None,
        "explanations": [
            {
                "by": known.person(one.user_id),
                **{
                    name: getattr(one, name)
                    for name in ("version", "words", "written_at", "received_at", "time_trusted")
                },
            }
            for one in explanations
        ],
        "ended_by": known.person(record.ended_by) if record.ended_by else None,
        "ended_words": record.ended_words,
        "referred_to": record.referred_to,
        "former": [
            {
                "by": {"id": one.decided_by, "name": deciders.get(one.decided_by, "")},
                "at": one.decided_at,
                **{
                    name: getattr(one, name)
                    for name in FormerDecisionShape.model_fields
                    if name not in ("by", "at")
                },
            }
            for one in former
        ],
        "evidence": evidence if reads_all else only_of(evidence, actor.user_id),
        "acts": acts_open(work, actor, record, people, known.explanations[record.id]),
    }
    me = next((one for one in people if one.user_id == actor.user_id), None)
    if not reads_all and me is not None and me.released_at is not None:
        values = until_released(values, me)
    return RecordShape.model_validate(values).model_dump(mode="json")


def answer_to(work: UnitOfWork, actor: Actor, record: Record) -> dict[str, Any]:
    """Return the record where whoever acted on it may read it, otherwise the receipt `RecordReceipt` of the act."""
    if may_read(work.session, actor, record):
        return describe_record(work, actor, record)
    return {"id": record.id, "number": record.number}


def describe_complaints(session: Session, complaints: Sequence[Complaint]) -> list[dict[str, Any]]:
    """Return the shape `ComplaintShape` of each complaint."""
    ids = [row.id for row in complaints]
    people = {one for row in complaints for one in (row.registered_by, row.about_user_id) if one is not None}
    names, known = user_names(session, people), with_complainant(session, ids)
    records = records_of_complaints(session, ids)
    return [
        ComplaintShape.model_validate(
            {
                **{
                    name: getattr(row, name)
                    for name in ComplaintShape.model_fields
                    if name in Complaint.__table__.columns
                },
                "registered_by": {"id": row.registered_by, "name": names.get(row.registered_by, "")},
                "about": (
                    {"id": row.about_user_id, "name": names.get(row.about_user_id, "")}
                    if row.about_user_id
                    else None
                ),
                "has_complainant": row.id in known,
                "record_ids": records.get(row.id, []),
            }
        ).model_dump(mode="json")
        for row in complaints
    ]
