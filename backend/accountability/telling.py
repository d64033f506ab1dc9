"""How a record is told: `record.changed` to those who may read it and to the people it concerns, numbers alone."""

from backend.accountability.tables import Complaint, Record
from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.permissions import room_of_court, room_of_user
from backend.people.permissions import Permission


def publish_record(work: UnitOfWork, record: Record, people: list[str]) -> None:
    """Number a change and tell it to the court's readers of records and to the people concerned.

    Phones hear it too, so nothing is said but ids, numbers and times: who is told reads the record itself.
    """
    record.revision += 1
    _publish(
        work, record, [room_of_court(Permission.RECORD_READ, record.court_id), *map(room_of_user, people)]
    )


def tell_person(work: UnitOfWork, record: Record, user_id: str) -> None:
    """Tell one person that a record concerns them, or that they must see to it: at once, in their own room."""
    _publish(work, record, [room_of_user(user_id)])


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
