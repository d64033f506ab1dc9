"""How a record is told: `record.changed` to those who may read it and to the people it concerns, numbers alone."""

from backend.accountability.tables import Complaint, Record
from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.permissions import room_of_court, room_of_user
from backend.deadlines.rulebooks import Audience
from backend.duty.events import RollCallUnanswered
from backend.notify.posts import posts_of
from backend.notify.rules import NoticeKind, RecordMatter, told_people
from backend.notify.service import give_notice
from backend.people.permissions import Permission
from backend.people.views import user_names


def publish_record(work: UnitOfWork, record: Record, people: list[str]) -> None:
    """Number a change and tell it to the court's readers of records and to the people concerned.

    Phones hear it too, so nothing is said but ids, numbers and times: who is told reads the record itself.
    """
    record.revision += 1
    _publish(
        work, record, [room_of_court(Permission.RECORD_READ, record.court_id), *map(room_of_user, people)]
    )


def tell_person(
    work: UnitOfWork,
    record: Record,
    user_id: str,
    told_as: Audience,
    matter: RecordMatter,
) -> None:
    """Tell one person that a record concerns them, or that they must see to it: at once, and by a notice that stays."""
    _publish(work, record, [room_of_user(user_id)])
    give_notice(
        work,
        court_id=record.court_id,
        kind=NoticeKind.RECORD,
        subject_kind="record",
        subject_id=record.id,
        title=record.title,
        people={user_id: [told_as]},
        at=work.now,
        detail={"clause": record.clause, "matter": matter},
    )


def tell_silence(work: UnitOfWork, event: RollCallUnanswered) -> None:
    """Tell those who lead the duty that somebody did not answer a roll call: an alert, never a record (A1)."""
    people = told_people([Audience.DUTY_LEADER, Audience.COMMANDER], posts_of(work, event.court_id))
    people.pop(event.user_id, None)
    give_notice(
        work,
        court_id=event.court_id,
        kind=NoticeKind.ROLL_CALL,
        subject_kind="roll_call",
        subject_id=event.roll_call_id,
        title=user_names(work.session, [event.user_id])[event.user_id],
        people=people,
        at=event.due_at,
        detail={"out_of_contact": event.out_of_contact},
    )


def _publish(work: UnitOfWork, record: Record, rooms: list[str]) -> None:
    work.session.flush()
    work.publish(
        "record.changed",
        record.id,
        record.revision,
        record.court_id,
        rooms,
        {
            "id": record.id,
            "number": record.number,
            "state": record.state,
            "clause": record.clause,
            "happened_at": to_wire(record.happened_at),
        },
    )


def publish_complaint(work: UnitOfWork, complaint: Complaint) -> None:
    """Put `complaint.changed` in the outbox, for those who may read complaints of the court."""
    work.session.flush()
    work.publish(
        "complaint.changed",
        complaint.id,
        1,
        complaint.court_id,
        [room_of_court(Permission.RECORD_READ, complaint.court_id)],
        {"id": complaint.id, "number": complaint.number, "registered_at": to_wire(complaint.registered_at)},
    )
