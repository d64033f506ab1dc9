"""Who carried what a clock is about when its limit came: facts with their reason, from the roster and the orders (A8).

The same acts name the same people, in whatever order they arrived.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from backend.accountability.rules import Answer, Reason, carrier
from backend.deadlines.rulebooks import ClockCode
from backend.directives.rules import State as DirectiveState
from backend.directives.views import members_of, orders_about, steps_of
from backend.duty.rules import DutyFunction
from backend.duty.views import on_duty

ANSWERS = frozenset({"accept", "take_over", "decline"})
CALLED_OFF = frozenset({DirectiveState.WITHDRAWN, DirectiveState.CANCELLED})


@dataclass(frozen=True)
class Concerned:
    """A person and the fact that makes a record theirs to explain."""

    user_id: str
    reason: Reason


@dataclass(frozen=True)
class Carried:
    """One order as its limit found it: whom it had been given to, and who carried it out."""

    directive_id: str
    is_to_court: bool
    carrier: str | None
    leader: str | None
    completed_by: str | None


def concerned_by_clock(
    session: Session, clock: str, court_id: str, subject_kind: str, subject_id: str, limit: datetime
) -> list[Concerned]:
    """Return whom the breach of a clock concerns, each once, for the first reason that holds.

    C1: the officers on duty. C7: who was responsible for the order that was to be reported on. The others: who was
    responsible for an order given before the limit, and who led the duty; where none was given, the desk had it still.
    """
    desk = on_duty(session, court_id, limit)
    leaders = [
        Concerned(one.user_id, Reason.DUTY_LEADER) for one in desk if one.function is DutyFunction.LEADER
    ]
    officers = [
        Concerned(one.user_id, Reason.ON_DUTY) for one in desk if one.function is DutyFunction.OFFICER
    ]
    if clock == ClockCode.ANSWER:
        return each_once(officers)
    orders = orders_carried(session, subject_kind, subject_id, limit)
    given = [one for one in orders if not one.is_to_court]
    responsible = [found for one in given if (found := answerable(one)) is not None]
    if clock == ClockCode.WRITTEN_FEEDBACK:
        reporters = [
            Concerned(one.completed_by, Reason.RESPONSIBLE) for one in orders if one.completed_by is not None
        ]
        return each_once(responsible or reporters or leaders)
    return each_once([*responsible, *leaders, *([] if given else officers)])


def answerable(order: Carried) -> Concerned | None:
    """Return who answers for an order: its carrier, else the leader of the team it was given to."""
    if order.carrier is not None:
        return Concerned(order.carrier, Reason.RESPONSIBLE)
    return None if order.leader is None else Concerned(order.leader, Reason.TEAM_LEADER)


def orders_carried(session: Session, subject_kind: str, subject_id: str, limit: datetime) -> list[Carried]:
    """Return the orders that had been given and not called off when the limit came."""
    rows = [
        row
        for row in orders_about(session, subject_kind, subject_id)
        if row.issued_at <= limit
        and not (row.state in CALLED_OFF and row.ended_at is not None and row.ended_at <= limit)
    ]
    ids = [row.id for row in rows]
    members, steps = members_of(session, ids), steps_of(session, ids)
    found = []
    for row in rows:
        belonging = {member.user_id for member in members[row.id]}
        answers = [
            Answer(step.actor_id, step.act, step.occurred_at)
            for step in steps[row.id]
            if step.act in ANSWERS and step.actor_id in belonging
        ]
        completed = [
            step.actor_id for step in steps[row.id] if step.act == "complete" and step.actor_id in belonging
        ]
        found.append(
            Carried(
                directive_id=row.id,
                is_to_court=row.is_to_court,
                carrier=carrier(answers, limit),
                leader=next((member.user_id for member in members[row.id]), None),
                completed_by=completed[0] if completed else None,
            )
        )
    return found


def each_once(people: Iterable[Concerned]) -> list[Concerned]:
    """Return each person once, for the first reason given."""
    found: dict[str, Concerned] = {}
    for one in people:
        found.setdefault(one.user_id, one)
    return list(found.values())
