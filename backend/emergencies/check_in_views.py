"""Named selects of check-ins, and their shapes: an order's for desks, a person's own for the phone."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.schemas import wire
from backend.emergencies.rules import CHECK_IN_GRACE
from backend.emergencies.schemas import CheckInShape, MyCheckIn
from backend.emergencies.tables import CheckIn, CheckInPlan
from backend.people.views import user_names

GRACE_S = int(CHECK_IN_GRACE.total_seconds())


def members_of_plan(session: Session, directive_id: str) -> list[CheckIn]:
    """Return the timers of an order's members, running or not."""
    query = select(CheckIn).where(CheckIn.directive_id == directive_id).order_by(CheckIn.user_id)
    return list(session.execute(query).scalars())


def held_plan(session: Session, directive_id: str) -> CheckInPlan | None:
    """Return the plan of an order, or None; acts on its timers follow each other: each waits here for the former."""
    return session.get(CheckInPlan, directive_id, with_for_update=True, populate_existing=True)


def lock_member(session: Session, directive_id: str, user_id: str) -> CheckIn | None:
    """Return a member's timer as it stands, locked for this transaction, or None; the plan is held before."""
    return session.get(CheckIn, (directive_id, user_id), with_for_update=True, populate_existing=True)


def describe_plan(session: Session, directive_id: str) -> dict[str, Any]:
    """Return the shape `CheckInShape` of an order, with nothing set where nothing is."""
    plan = session.get(CheckInPlan, directive_id)
    rows = [row for row in members_of_plan(session, directive_id) if row.active]
    names = user_names(session, {row.user_id for row in rows} | ({plan.set_by} if plan else set()))
    return wire(
        CheckInShape,
        {
            "directive_id": directive_id,
            "revision": plan.revision if plan else 0,
            "minutes": plan.minutes if plan else None,
            "grace_s": GRACE_S,
            "set_by": {"id": plan.set_by, "name": names.get(plan.set_by, "")} if plan else None,
            "members": [
                {
                    "user": {"id": row.user_id, "name": names.get(row.user_id, "")},
                    "due_at": row.due_at,
                    "last_at": row.last_at,
                    "missed": row.emergency_id is not None,
                }
                for row in rows
            ],
        },
    )


def check_ins_of_person(session: Session, user_id: str) -> list[dict[str, Any]]:
    """Return the shape `MyCheckIn` of each timer of a person that runs, the next due first."""
    rows = session.execute(
        select(CheckIn, CheckInPlan.minutes)
        .join(CheckInPlan, CheckInPlan.directive_id == CheckIn.directive_id)
        .where(CheckIn.user_id == user_id, CheckIn.active, CheckInPlan.minutes.is_not(None))
        .order_by(CheckIn.due_at, CheckIn.directive_id)
    )
    return [
        wire(
            MyCheckIn,
            {
                "directive_id": row.directive_id,
                "minutes": minutes,
                "grace_s": GRACE_S,
                "due_at": row.due_at,
                "last_at": row.last_at,
                "missed": row.emergency_id is not None,
            },
        )
        for row, minutes in rows
    ]
