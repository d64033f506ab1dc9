"""Named selects of records and complaints, scoped to whoever asks."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.accountability.rules import ENDED
from backend.accountability.tables import (
    Complainant,
    Complaint,
    Explanation,
    FormerDecision,
    Record,
    RecordPerson,
)
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.people.permissions import Permission, Role
from backend.people.views import appointments_at


def locked_record(work: UnitOfWork, record_id: str) -> Record:
    """Return the record, locked for this transaction; 404.1 when there is none."""
    row = work.session.execute(
        select(Record).where(Record.id == record_id).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        raise not_found("没有此记录", "No such record")
    return row


def read_record(session: Session, actor: Actor, record_id: str) -> Record:
    """Return the record; 404.1 when there is none, 403.1 for whoever neither reads the court's nor is concerned."""
    row = session.get(Record, record_id)
    if row is None:
        raise not_found("没有此记录", "No such record")
    if not may_read(session, actor, row):
        raise Problem("403.1")
    return row


def may_read(session: Session, actor: Actor, record: Record) -> bool:
    """Tell whether somebody may read a record: the court's, or one that concerns them or did."""
    return actor.may(Permission.RECORD_READ, record.court_id) or is_concerned(
        session, record.id, actor.user_id
    )


def is_concerned(session: Session, record_id: str, user_id: str) -> bool:
    """Tell whether a record concerns a person, or did."""
    return session.get(RecordPerson, (record_id, user_id)) is not None


def has_record_on(session: Session, complaint_id: str, user_id: str) -> bool:
    """Tell whether any record on a complaint concerns a person, or did."""
    query = (
        select(RecordPerson.user_id)
        .join(Record, Record.id == RecordPerson.record_id)
        .where(Record.complaint_id == complaint_id, RecordPerson.user_id == user_id)
        .limit(1)
    )
    return session.execute(query).first() is not None


def commands(session: Session, user_id: str, record: Record) -> bool:
    """Tell whether a person commanded a record's court when it happened."""
    held = appointments_at(session, user_id, record.happened_at)
    return any(row.court_id == record.court_id and row.role == Role.COMMANDER for row in held)


def active_people(session: Session, record_id: str) -> list[RecordPerson]:
    """Return whom a record concerns now."""
    return people_of_records(session, [record_id], active_only=True)[record_id]


def people_told(work: UnitOfWork, record: Record) -> list[str]:
    """Return who of its people hears of a change of a record: those it concerns, and whoever is released by this act."""
    rows = people_of_records(work.session, [record.id])[record.id]
    return [row.user_id for row in rows if row.released_at is None or row.released_at == work.now]


def people_of_records(
    session: Session, record_ids: Collection[str], *, active_only: bool = False
) -> dict[str, list[RecordPerson]]:
    """Return the people of each record: those it concerns first, then those released."""
    query = select(RecordPerson).where(RecordPerson.record_id.in_(record_ids))
    if active_only:
        query = query.where(RecordPerson.released_at.is_(None))
    found: dict[str, list[RecordPerson]] = {record_id: [] for record_id in record_ids}
    rows = session.execute(query.order_by(RecordPerson.record_id, RecordPerson.user_id)).scalars()
    for row in sorted(rows, key=lambda row: row.released_at is not None):
        found[row.record_id].append(row)
    return found


def explanations_of(session: Session, record_ids: Collection[str]) -> dict[str, list[Explanation]]:
    """Return the explanations of each record in the order they were written."""
    rows = session.execute(
        select(Explanation)
        .where(Explanation.record_id.in_(record_ids))
        .order_by(Explanation.written_at, Explanation.version)
    ).scalars()
    found: dict[str, list[Explanation]] = {record_id: [] for record_id in record_ids}
    for row in rows:
        found[row.record_id].append(row)
    return found


def former_decisions(session: Session, record_id: str) -> list[FormerDecision]:
    """Return how people had ended a record before it was decided again, the first first."""
    query = select(FormerDecision).where(FormerDecision.record_id == record_id)
    return list(session.execute(query.order_by(FormerDecision.number)).scalars())


def records_seen(
    session: Session,
    actor: Actor,
    *,
    open_only: bool,
    court_id: str | None = None,
    limit: int = 200,
    after: str | None = None,
) -> list[Record]:
    """Return the records of the courts the actor may read, the newest first, older than the id `after`.

    Open is what was not ended, and what must be looked at again.
    """
    courts = actor.courts(Permission.RECORD_READ)
    query = select(Record).where(Record.court_id.in_(courts if court_id is None else courts & {court_id}))
    if open_only:
        query = query.where(or_(Record.state.not_in(ENDED), Record.contradicted_at.is_not(None)))
    if after is not None:
        query = query.where(Record.id < after)
    return list(session.execute(query.order_by(Record.id.desc()).limit(limit)).scalars())


def records_about(session: Session, user_id: str, *, limit: int = 50) -> list[Record]:
    """Return the records that concern a person, the newest first."""
    query = (
        select(Record)
        .join(RecordPerson, RecordPerson.record_id == Record.id)
        .where(RecordPerson.user_id == user_id)
        .order_by(Record.id.desc())
        .limit(limit)
    )
    return list(session.execute(query).scalars())


def complaints_seen(
    session: Session, actor: Actor, *, limit: int = 200, after: str | None = None
) -> list[Complaint]:
    """Return the complaints of the courts whose records the actor may read, the newest first, older than `after`."""
    query = select(Complaint).where(Complaint.court_id.in_(actor.courts(Permission.RECORD_READ)))
    if after is not None:
        query = query.where(Complaint.id < after)
    return list(session.execute(query.order_by(Complaint.id.desc()).limit(limit)).scalars())


def complaint_numbers(session: Session, complaint_ids: Collection[str]) -> dict[str, str]:
    """Return the numbers of complaints by id."""
    rows = session.execute(select(Complaint.id, Complaint.number).where(Complaint.id.in_(complaint_ids)))
    return {row.id: row.number for row in rows}


def with_complainant(session: Session, complaint_ids: Collection[str]) -> frozenset[str]:
    """Return the ids of the complaints whose complainant is known."""
    rows = session.execute(
        select(Complainant.complaint_id).where(Complainant.complaint_id.in_(complaint_ids))
    )
    return frozenset(rows.scalars())


def records_of_complaints(session: Session, complaint_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the ids of the records opened on each complaint."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = session.execute(
        select(Record.complaint_id, Record.id)
        .where(Record.complaint_id.in_(complaint_ids))
        .order_by(Record.id)
    )
    for complaint_id, record_id in rows:
        found[str(complaint_id)].append(record_id)
    return found
