"""Who may do what next with a directive, and what it leads to (domain 1.6, 1.12, 1.16; BSS-4(7), BSS-5, BSS-8, DL-10; A7, A18).

Three capacities act: the members it was given to, the desk of the court it was given to, and whoever issued it. An act
that comes when the directive is already ended is kept as `superseded`: nothing an officer did is thrown away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a directive stands."""

    ISSUED = "issued"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    REPORTED_TO_LEADER = "reported_to_leader"
    DISPATCHED = "dispatched"
    ON_SCENE = "on_scene"
    COMPLETED = "completed"
    FEEDBACK_SUBMITTED = "feedback_submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """What sort of directive it is; `superior` and `assistance` come from a court above."""

    DISPATCH = "dispatch"
    VERIFY = "verify"
    SUPERIOR = "superior"
    ASSISTANCE = "assistance"
    INSTRUCTION = "instruction"


class Capacity(StrEnum):
    """In which capacity somebody acts on a directive."""

    MEMBER = "member"
    TARGET = "target"
    ISSUER = "issuer"


class Addressee(StrEnum):
    """To whom a directive was given: to people (a team or a person), or to a court as such."""

    PEOPLE = "people"
    COURT = "court"


S = State
BEFORE_ACKNOWLEDGED = frozenset({S.ISSUED, S.DELIVERED})
BEFORE_DEPARTURE = BEFORE_ACKNOWLEDGED | {S.ACKNOWLEDGED, S.REPORTED_TO_LEADER}
UNDER_WAY = frozenset({S.DISPATCHED, S.ON_SCENE})
FROM_ABOVE = frozenset({Kind.SUPERIOR, Kind.ASSISTANCE, Kind.INSTRUCTION})
CLOCKED_FROM_ABOVE = frozenset({Kind.SUPERIOR, Kind.ASSISTANCE})
"""Kinds on which a team must leave within the time of BSS-8 or BSS-10."""
OLDEST_CALL = timedelta(days=30)
CLOCK_STOPPING = frozenset({"accept", "take_over", "acknowledge_for", "depart"})
"""Acts whose time alone decides a clock: C5 by the team's acceptance, C4 and C6 by its departure."""
STEPS_OF_A_TEAM = frozenset({"acknowledge_for", "depart", "arrive", "complete"})
"""What a team does, and what the desk of its court records for it when no phone of it can."""
AT_WORK = BEFORE_DEPARTURE | UNDER_WAY | {S.OBJECTED}
ENDED = frozenset({S.ACCEPTED, S.WITHDRAWN, S.SUPERSEDED, S.CANCELLED})
OPEN = frozenset(S) - ENDED
PROGRESS = [
    S.ISSUED,
    S.DELIVERED,
    S.ACKNOWLEDGED,
    S.REPORTED_TO_LEADER,
    S.DISPATCHED,
    S.ON_SCENE,
    S.COMPLETED,
    S.FEEDBACK_SUBMITTED,
    S.ACCEPTED,
]


@dataclass(frozen=True)
class Act:
    """One act: who may do it, in which states, and to which state it leads (None: the state stays)."""

    name: str
    capacities: frozenset[Capacity]
    states: frozenset[State]
    leads_to: State | None
    needs_reason: bool = False
    addressees: frozenset[Addressee] = frozenset(Addressee)


TO_PEOPLE, TO_COURT = frozenset({Addressee.PEOPLE}), frozenset({Addressee.COURT})
M, T, I = Capacity.MEMBER, Capacity.TARGET, Capacity.ISSUER  # noqa: E741 - the three capacities in one column
ACTS = {
    act.name: act
    for act in (
        Act("receive", frozenset({M}), BEFORE_ACKNOWLEDGED, S.DELIVERED, addressees=TO_PEOPLE),
        Act("accept", frozenset({M}), AT_WORK, S.ACKNOWLEDGED, addressees=TO_PEOPLE),
        Act("decline", frozenset({M}), AT_WORK, None, needs_reason=True, addressees=TO_PEOPLE),
        Act(
            "take_over",
            frozenset({M}),
            AT_WORK | {S.COMPLETED, S.RETURNED},
            S.ACKNOWLEDGED,
            addressees=TO_PEOPLE,
        ),
        Act("acknowledge_for", frozenset({T}), BEFORE_ACKNOWLEDGED, S.ACKNOWLEDGED, addressees=TO_PEOPLE),
        Act("acknowledge", frozenset({T}), BEFORE_ACKNOWLEDGED, S.ACKNOWLEDGED, addressees=TO_COURT),
        Act("report", frozenset({T}), frozenset({S.ACKNOWLEDGED}), S.REPORTED_TO_LEADER, addressees=TO_COURT),
        Act(
            "object",
            frozenset({T}),
            BEFORE_DEPARTURE,
            S.OBJECTED,
            needs_reason=True,
            addressees=TO_COURT,
        ),
        Act("confirm", frozenset({I}), frozenset({S.OBJECTED}), S.ISSUED),
        Act(
            "depart",
            frozenset({M, T}),
            frozenset({S.ACKNOWLEDGED, S.REPORTED_TO_LEADER}) | UNDER_WAY,
            S.DISPATCHED,
        ),
        Act("arrive", frozenset({M, T}), UNDER_WAY, S.ON_SCENE),
        Act("complete", frozenset({M, T}), UNDER_WAY, S.COMPLETED),
        Act("note", frozenset({M, T, I}), OPEN, None),
        Act("feedback", frozenset({M, T}), frozenset({S.COMPLETED, S.RETURNED}), S.FEEDBACK_SUBMITTED),
        Act("accept_feedback", frozenset({I}), frozenset({S.FEEDBACK_SUBMITTED}), S.ACCEPTED),
        Act(
            "return_feedback",
            frozenset({I}),
            frozenset({S.FEEDBACK_SUBMITTED}),
            S.RETURNED,
            needs_reason=True,
        ),
        Act("withdraw", frozenset({I}), AT_WORK | {S.RETURNED}, S.WITHDRAWN, needs_reason=True),
        Act("cancel", frozenset({I}), UNDER_WAY, S.CANCELLED, needs_reason=True),
    )
}


@dataclass(frozen=True)
class Verdict:
    """What becomes of an act: `applied` with the state after it, `superseded` (kept only), or `impossible`."""

    result: str
    state: State


def judge(act: Act, state: State) -> Verdict:
    """Decide what an act does in a state. A later step is never undone by an earlier one that arrives after it."""
    if state in act.states:
        return Verdict("applied", further(state, act.leads_to))
    if state in ENDED:
        return Verdict("superseded", state)
    if is_behind(act, state):
        return Verdict("applied", state)
    return Verdict("impossible", state)


def further(state: State, proposed: State | None) -> State:
    """Return the proposed state, unless the directive has ended or stands further already on its straight way."""
    if proposed is None or state in ENDED:
        return state
    place = place_of(state)
    if place is not None and proposed in PROGRESS and PROGRESS.index(proposed) < place:
        return state
    if state is State.OBJECTED and proposed is not State.ISSUED and proposed in PROGRESS:
        return state
    return proposed


def is_behind(act: Act, state: State) -> bool:
    """Tell whether the act only confirms what another phone already reported (a second departure, a late receipt)."""
    if Capacity.MEMBER not in act.capacities or act.leads_to not in PROGRESS or act.name == "feedback":
        return False
    place = place_of(state)
    return place is not None and PROGRESS.index(act.leads_to) <= place


def place_of(state: State) -> int | None:
    """Return how far along its straight way a directive stands; None beside it. A returned report was once written."""
    standing = State.FEEDBACK_SUBMITTED if state is State.RETURNED else state
    return PROGRESS.index(standing) if standing in PROGRESS else None


def counts_after_end(act: Act, at: datetime, ended_at: datetime | None) -> bool:
    """Tell whether an act that arrives after the end still stops clocks: it was done before, on a phone without network.

    The same facts must leave the same clocks in whatever order they arrive (A7, A8).
    """
    return act.name in CLOCK_STOPPING and ended_at is not None and at <= ended_at


def after_objection(
    before: State, departed_at: datetime | None, arrived_at: datetime | None, completed_at: datetime | None
) -> State:
    """Return where a directive stands once its objection is overruled: as far as its teams went meanwhile."""
    if completed_at is not None:
        return State.COMPLETED
    if arrived_at is not None:
        return State.ON_SCENE
    return before if departed_at is None else State.DISPATCHED


def next_acts(state: State, *, to_court: bool) -> list[str]:
    """Return what the state allows; `to_court`: the directive was given to a court and not to a team or person."""
    return [
        act.name
        for act in ACTS.values()
        if state in act.states and act.name != "receive" and suits(act, to_court=to_court)
    ]


def suits(act: Act, *, to_court: bool) -> bool:
    """Tell whether an act belongs to a directive given to a court, or to one given to a team or person."""
    return (Addressee.COURT if to_court else Addressee.PEOPLE) in act.addressees


def is_on_behalf(act: Act, capacity: Capacity, *, to_court: bool) -> bool:
    """Tell whether a desk writes down what others did: a team's step, or the report of people who write their own."""
    if capacity is not Capacity.TARGET:
        return False
    return act.name in STEPS_OF_A_TEAM or (act.name == "feedback" and not to_court)


def can_have_happened(at: datetime, served_at: datetime, now: datetime) -> bool:
    """Tell whether an act can have happened at a time: not before the order was served, and not in the future."""
    return served_at <= at <= now


@dataclass(frozen=True)
class MemberStanding:
    """A member as the composition check sees one."""

    user_id: str
    duty: str
    answer: str
    is_woman: bool


@dataclass(frozen=True)
class Composition:
    """What a team still lacks: `officers`, `woman`, and how many officers are missing."""

    gaps: list[str]
    officers_missing: int


def composition(members: Iterable[MemberStanding], officers: int, *, woman: bool) -> Composition:
    """Return what the team still lacks (domain 1.16); drivers do not count as officers."""
    coming = [member for member in members if member.answer == "accepted" and member.duty != "driver"]
    missing = max(0, officers - len(coming))
    gaps = ["officers"] if missing else []
    if woman and not any(member.is_woman for member in coming):
        gaps.append("woman")
    return Composition(gaps, missing)


def earliest(known: datetime | None, candidate: datetime) -> datetime:
    """Return the earlier of two times of the same step: the first member who departed counts (A7)."""
    return candidate if known is None or candidate < known else known


def directive_number(court_code: str, year: int, serial: int) -> str:
    """Return the number of an order slip: `（2026）云2924执指7号`."""
    return f"（{year}）{court_code}执指{serial}号"


def is_credible_call(claimed: datetime, now: datetime) -> bool:
    """Tell whether a directive can have been telephoned then: not so long ago that it must be a mistake."""
    return now - claimed <= OLDEST_CALL
