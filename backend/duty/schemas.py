"""Shapes of duty on the wire: shifts and their people, swaps, roll calls, and the bodies of the acts on them."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from backend.core.schemas import (
    CourtId,
    Identifier,
    LongPageQuery,
    PageQuery,
    Reference,
    ShortText,
    Wire,
    WireInstant,
)
from backend.duty.rules import (
    MOST_DAYS_PLANNED,
    MOST_IN_A_SHIFT,
    DutyFunction,
    HandoverState,
    Post,
    ShiftState,
    Standing,
)

Day = Annotated[str, StringConstraints(pattern=r"^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class PersonInShift(Wire):
    """Who is planned into a shift, as what."""

    user_id: Identifier
    function: DutyFunction


Crew = Annotated[list[PersonInShift], Field(min_length=1, max_length=MOST_IN_A_SHIFT)]


class ShiftForm(Wire):
    """A shift as it is planned; `relieves`: it may begin while the shift on post is not over (替班)."""

    post: Post
    planned_start: WireInstant
    planned_end: WireInstant
    people: Crew
    relieves: bool = False


class NewShift(ShiftForm):
    """A shift of a court, with the id the desk made for it, if it made one."""

    id: Identifier | None = None
    court_id: CourtId


class ShiftChange(ShiftForm):
    """A planned shift as it shall be, and the revision that was looked at."""

    revision: int


class NewStretch(Wire):
    """A stretch of days planned by a repeating pattern: crews in rotation, one shift after the other.

    `hand_over` is on the court's wall clock (China, UTC+8); each shift lasts `hours`, the next one begins `every_hours`
    after it began. Shifts begin on the days from `first_day` to `last_day`; `first_crew` keeps the first one.
    """

    court_id: CourtId
    post: Post
    first_day: Day
    last_day: Day
    hand_over: TimeOfDay = "08:20"
    hours: int = Field(24, ge=1, le=168)
    every_hours: int | None = Field(None, ge=1, le=168)
    crews: list[Crew] = Field(min_length=1, max_length=31)
    first_crew: int = Field(0, ge=0, le=30)

    @model_validator(mode="after")
    def _fits(self) -> "NewStretch":
        if self.first_crew >= len(self.crews):
            raise ValueError("first_crew is the position of one of the crews, from 0")
        return self


class ReasonAct(Wire):
    """A reason in words."""

    revision: int
    reason: ShortText


class DutyPerson(Wire):
    """A person of a shift: `swapped` gave the place to `replaced_by`."""

    id: str
    name: str
    function: DutyFunction
    standing: Standing
    replaced_by: Reference | None


class HandoverBrief(Wire):
    """How far a handover is: who has signed for which side, and when."""

    id: str
    revision: int
    state: HandoverState
    outgoing_signed_by: Reference | None
    outgoing_signed_at: WireInstant | None
    incoming_signed_by: Reference | None
    incoming_signed_at: WireInstant | None


class ShiftShape(Wire):
    """A shift: planned and real times, its people, the handovers by which it took the duty over and gave it on.

    `overdue`: it should have been handed over by its planned end and was not.
    """

    id: str
    revision: int
    court_id: str
    post: Post
    planned_start: WireInstant
    planned_end: WireInstant
    state: ShiftState
    on_post_at: WireInstant | None
    off_post_at: WireInstant | None
    absent_reason: str | None
    relieves: bool
    overdue: bool
    people: list[DutyPerson]
    handover_in: HandoverBrief | None
    handover_out: HandoverBrief | None


class ShiftList(Wire):
    """Shifts of a court by their planned start."""

    court_id: str
    items: list[ShiftShape]
    next: str | None = None


class ShiftQuery(LongPageQuery):
    """Shifts of which court (default: mine) that share time with which stretch of at most 92 days."""

    court_id: CourtId | None = None
    begin: WireInstant
    end: WireInstant

    @model_validator(mode="after")
    def _in_order(self) -> "ShiftQuery":
        if not 0 < (self.end - self.begin).total_seconds() <= MOST_DAYS_PLANNED * 86_400:
            raise ValueError(f"end comes after begin, by {MOST_DAYS_PLANNED} days at most")
        return self


class CourtQuery(Wire):
    """Of which court; default: mine."""

    court_id: CourtId | None = None


class CourtPage(PageQuery):
    """A list of a court (default: mine), newest first."""

    court_id: CourtId | None = None


class OnDutyPerson(Wire):
    """Who carries the duty; `post` is empty for who leads the week."""

    id: str
    name: str
    function: DutyFunction
    post: Literal["A", "B"] | None
    shift_id: str
