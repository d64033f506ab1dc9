"""Telling those concerned that duty changed: ids, states and times alone, for phones listen in the same room."""

from collections.abc import Iterable
from typing import Any

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.permissions import room_of_court, room_of_user
from backend.duty.tables import DutyNote, RollCall, Shift
from backend.people.permissions import Permission


def tell_shift(work: UnitOfWork, row: Shift, people: Iterable[str] = (), **more: Any) -> None:
    """Put `shift.changed` in the outbox: for the readers of the court's duty and the people named."""
    work.session.flush()
    work.publish(
        "shift.changed",
        row.id,
        row.revision,
        row.court_id,
        _rooms(row.court_id, people),
        {
            "id": row.id,
            "court_id": row.court_id,
            "post": row.post,
            "state": row.state,
            "planned_start": to_wire(row.planned_start),
            "planned_end": to_wire(row.planned_end),
            **more,
        },
    )


def tell_roll_call(work: UnitOfWork, row: RollCall, people: Iterable[str]) -> None:
    """Put `roll_call.changed` in the outbox."""
    work.session.flush()
    data = {
        "id": row.id,
        "court_id": row.court_id,
        "started_at": to_wire(row.started_at),
        "due_at": to_wire(row.due_at),
        "closed_at": to_wire(row.closed_at) if row.closed_at else None,
    }
    work.publish("roll_call.changed", row.id, row.revision, row.court_id, _rooms(row.court_id, people), data)


def tell_note(work: UnitOfWork, row: DutyNote) -> None:
    """Put `duty_note.changed` in the outbox; the words are read by who may."""
    work.session.flush()
    data = {"id": row.id, "court_id": row.court_id, "category": row.category, "at": to_wire(row.written_at)}
    work.publish("duty_note.changed", row.id, 1, row.court_id, _rooms(row.court_id), data)


def _rooms(court_id: str, people: Iterable[str] = ()) -> list[str]:
    return [
        room_of_court(Permission.DUTY_READ, court_id),
        *sorted({room_of_user(user_id) for user_id in people}),
    ]
