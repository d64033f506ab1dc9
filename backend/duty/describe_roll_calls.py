"""Roll calls as they go on the wire: who answered when, who was late, whose phone was out of contact (A1)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from backend.duty.describe import reference
from backend.duty.roll_call_schemas import RollCallShape
from backend.duty.roll_calls import answers_to
from backend.duty.rules import is_unanswered
from backend.duty.tables import RollCall
from backend.people.views import user_names


def describe_roll_calls(session: Session, rows: Sequence[RollCall], now: datetime) -> list[RollCallShape]:
    """Return the shape of each roll call."""
    answers = {row.id: answers_to(session, row.id) for row in rows}
    names = user_names(
        session,
        {one.user_id for ones in answers.values() for one in ones} | {row.started_by for row in rows},
    )
    return [
        RollCallShape.model_validate(
            {
                "id": row.id,
                "revision": row.revision,
                "court_id": row.court_id,
                "started_by": reference(names, row.started_by),
                "started_at": row.started_at,
                "due_at": row.due_at,
                "closed_at": row.closed_at,
                "people": [
                    {
                        "id": one.user_id,
                        "name": names.get(one.user_id, ""),
                        "function": one.function,
                        "shift_id": one.shift_id,
                        "answered_at": one.answered_at,
                        "received_at": one.received_at,
                        "answered_from": one.answered_from,
                        "late": one.answered_at is not None
                        and is_unanswered(row.started_at, one.answered_at, now),
                        "unanswered": one.answered_at is None and is_unanswered(row.started_at, None, now),
                        "out_of_contact": one.out_of_contact,
                    }
                    for one in answers[row.id]
                ],
            }
        )
        for row in rows
    ]
