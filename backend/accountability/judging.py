"""Who may judge a record, and who is told that a decision must be looked at again (domain 1.11); nobody judges their own."""

from collections.abc import Sequence

from backend.accountability.rules import State, may_judge
from backend.accountability.tables import Complaint, Record, RecordPerson
from backend.accountability.telling import tell_person
from backend.accountability.views import commands, people_of_records
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.courts.views import court_tree
from backend.deadlines.rulebooks import Audience
from backend.notify.rules import RecordMatter
from backend.people.permissions import Role
from backend.people.views import people_holding


def is_judge(work: UnitOfWork, actor: Actor, record: Record, people: Sequence[RecordPerson]) -> bool:
    """Tell whether the actor may judge this record."""
    above = court_tree(work.session, work.now).is_ancestor(actor.court_id, record.court_id)
    return stands_free(work, actor.user_id, record, people, stands_above=above)


def stands_free(
    work: UnitOfWork, user_id: str, record: Record, people: Sequence[RecordPerson], *, stands_above: bool
) -> bool:
    """Tell whether a person may judge this record; whom its complaint is about counts as concerned, named or not."""
    about = complained_about(work, record)
    return may_judge(
        user_id,
        {one.user_id for one in people} | about,
        is_commanders=any(one.is_commander for one in people if one.released_at is None)
        or any(commands(work.session, one, record) for one in about),
        stands_above=stands_above,
    )


def complained_about(work: UnitOfWork, record: Record) -> set[str]:
    """Return whom the complaint is about on which a record was opened; nobody where that is not known."""
    complaint = work.session.get(Complaint, record.complaint_id) if record.complaint_id else None
    return {complaint.about_user_id} if complaint is not None and complaint.about_user_id else set()


def demand_judge(work: UnitOfWork, actor: Actor, record: Record, people: Sequence[RecordPerson]) -> None:
    """Raise 403.1 for whoever is concerned, and for the court's own people where its commander is."""
    if not is_judge(work, actor, record, people):
        raise Problem(
            "403.1",
            "不能处理与本人有关的记录；涉及指挥长的由上级法院处理",
            "Nobody judges their own record, and a commander's is judged by the superior court",
        )


def judges_of(work: UnitOfWork, record: Record) -> list[str]:
    """Return who may decide on a record: the commanders of its court, or of the nearest court above where they may not."""
    people = people_of_records(work.session, [record.id])[record.id]
    for court_id in [record.court_id, *court_tree(work.session, work.now).ancestors(record.court_id)]:
        held = people_holding(work.session, court_id, [Role.COMMANDER], work.now).get(Role.COMMANDER, [])
        above = court_id != record.court_id
        found = [one for one in held if stands_free(work, one, record, people, stands_above=above)]
        if found:
            return found
    return []


def tell_judges(work: UnitOfWork, record: Record) -> None:
    """Tell whoever ended a record, and those who judge it, that what has arrived since speaks against that end."""
    judges = judges_of(work, record)
    for user_id in judges:
        tell_person(work, record, user_id, Audience.COMMANDER, RecordMatter.LOOK_AGAIN)
    if record.ended_by is not None and record.ended_by not in judges:
        ended_as = Audience.DUTY_LEADER if record.state == State.REASON_ACCEPTED else Audience.COMMANDER
        tell_person(work, record, record.ended_by, ended_as, RecordMatter.LOOK_AGAIN)
