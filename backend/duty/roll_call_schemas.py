"""Shapes of roll calls on the wire (A1)."""

from typing import Literal

from backend.core.schemas import CourtId, Reference, Wire, WireInstant
from backend.duty.rules import DutyFunction


class CalledPerson(Wire):
    """One person called: the answer, or its lack; `out_of_contact`: the phone could not be reached at the limit."""

    id: str
    name: str
    function: DutyFunction
    shift_id: str
    answered_at: WireInstant | None
    received_at: WireInstant | None
    answered_from: Literal["phone", "desk"] | None
    late: bool
    unanswered: bool
    out_of_contact: bool | None


class RollCallShape(Wire):
    """A roll call: 15 minutes from `started_at`; unanswered ones alert and accuse nobody."""

    id: str
    revision: int
    court_id: str
    started_by: Reference
    started_at: WireInstant
    due_at: WireInstant
    closed_at: WireInstant | None
    people: list[CalledPerson]


class RollCallList(Wire):
    """Roll calls, newest first."""

    items: list[RollCallShape]
    next: str | None


class NewRollCall(Wire):
    """A roll call of those on duty at which court."""

    court_id: CourtId
