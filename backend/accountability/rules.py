"""Grounds, states and who may decide what of a record: the pure rules of BSS-12(1) to (7), DL-16 and BSS-11.

A record awaits an explanation (待说明) and accuses nobody. Only a number printed in an adopted rule, a complaint or a
person opens one; no sanction is ever proposed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Ground(StrEnum):
    """What has to be explained: the seven of BSS-12 in its order, the three of DL-16, and what a clock puts down."""

    MISCONDUCT_ON_DUTY = "misconduct_on_duty"
    BAD_ATTITUDE = "bad_attitude"
    FAILED_TO_REPORT = "failed_to_report"
    SHIRKED_OR_WEAK_RESPONSE = "shirked_or_weak_response"
    ABUSED_COERCION = "abused_coercion"
    LEAKED_SECRET = "leaked_secret"
    OTHER = "other"
    PASSIVE_ON_SUPERIOR_DIRECTIVE = "passive_on_superior_directive"
    PASSIVE_ON_PEER_REQUEST = "passive_on_peer_request"
    PASSIVE_ON_REPORT_FROM_BELOW = "passive_on_report_from_below"
    ABSENT_FROM_POST = "absent_from_post"
    LATE_DISPATCH = "late_dispatch"
    LATE_VERIFICATION = "late_verification"
    LATE_FEEDBACK = "late_feedback"


MECHANICAL = frozenset(
    {Ground.ABSENT_FROM_POST, Ground.LATE_DISPATCH, Ground.LATE_VERIFICATION, Ground.LATE_FEEDBACK}
)
"""What a clock may put down; everything else is opened by a person who says so in words."""
CLAUSE_OF = {
    Ground.MISCONDUCT_ON_DUTY: "BSS-12(1)",
    Ground.BAD_ATTITUDE: "BSS-12(2)",
    Ground.FAILED_TO_REPORT: "BSS-12(3)",
    Ground.SHIRKED_OR_WEAK_RESPONSE: "BSS-12(4)",
    Ground.ABUSED_COERCION: "BSS-12(5)",
    Ground.LEAKED_SECRET: "BSS-12(6)",
    Ground.OTHER: "BSS-12(7)",
    Ground.PASSIVE_ON_SUPERIOR_DIRECTIVE: "DL-16",
    Ground.PASSIVE_ON_PEER_REQUEST: "DL-16",
    Ground.PASSIVE_ON_REPORT_FROM_BELOW: "DL-16",
    Ground.ABSENT_FROM_POST: "BSS-6",
    Ground.LATE_DISPATCH: "BSS-8",
    Ground.LATE_VERIFICATION: "BSS-7(2)",
    Ground.LATE_FEEDBACK: "BSS-8",
}
"""The clause a person relies on who opens a record; one that a clock opened carries the clock's own."""


class State(StrEnum):
    """Where a record stands; the last three are its ends."""

    OPEN = "open"
    EXPLAINED = "explained"
    REASON_ACCEPTED = "reason_accepted"
    DECIDED = "decided"
    DISPROVED = "disproved"


ENDED = frozenset({State.REASON_ACCEPTED, State.DECIDED, State.DISPROVED})


class Decision(StrEnum):
    """What was decided; the body it is referred to applies its own rules, this product proposes nothing."""

    NOT_UPHELD = "not_upheld"
    REMINDER = "reminder"
    REFERRED = "referred"


AGAINST = frozenset({Decision.REMINDER, Decision.REFERRED})


class Opened(StrEnum):
    """What opened a record."""

    CLOCK = "clock"
    COMPLAINT = "complaint"
    PERSON = "person"


class Reason(StrEnum):
    """Why a person is concerned: a fact, not a fault."""

    ON_DUTY = "on_duty"
    DUTY_LEADER = "duty_leader"
    RESPONSIBLE = "responsible"
    TEAM_LEADER = "team_leader"
    NAMED = "named"


CHANCE_TO_EXPLAIN = timedelta(days=3)
"""Full days of 24 hours from the moment a person was told."""


@dataclass(frozen=True)
class Heard:
    """What one person concerned has had: when they were told, and whether they have explained since."""

    told_at: datetime | None
    has_explained: bool


def has_explained(told_at: datetime | None, written: Iterable[datetime]) -> bool:
    """Tell whether somebody has explained since they were told; words about what was closed before hear nobody anew."""
    return told_at is not None and any(at >= told_at for at in written)


def may_open_by_clock(kind: str, record: str | None) -> bool:
    """Tell whether a broken limit opens a record: a printed number alone, and never a ground people must judge."""
    return kind == "rule" and record in MECHANICAL


def may_decide(decision: Decision, people: Sequence[Heard], now: datetime) -> bool:
    """Tell whether a decision may be taken: against nobody who was not heard and had no chance to be.

    `not_upheld` at any time. A record that names nobody can be decided against nobody.
    """
    if decision not in AGAINST:
        return True
    return bool(people) and all(
        one.has_explained or (one.told_at is not None and now - one.told_at >= CHANCE_TO_EXPLAIN)
        for one in people
    )


def may_judge(actor_id: str, concerned: Collection[str], *, is_commanders: bool, stands_above: bool) -> bool:
    """Tell whether somebody may judge a record: never one's own, and a commander's only from a superior court."""
    return actor_id not in concerned and (stands_above or not is_commanders)


def state_after_disproof(state: State) -> State | None:
    """Return the state once its clock was kept after all; None: people have ended it, and one of them must look."""
    if state in (State.REASON_ACCEPTED, State.DECIDED):
        return None
    return State.DISPROVED


def state_of_unended(*, has_explanations: bool) -> State:
    """Return the state of a record that has not ended, by whether anybody whom it concerns now has explained it."""
    return State.EXPLAINED if has_explanations else State.OPEN


@dataclass(frozen=True)
class Answer:
    """One act of a member that says who carries an order: `accept`, `take_over` or `decline`, and when it happened."""

    user_id: str
    act: str
    at: datetime


def carrier(answers: Iterable[Answer], limit: datetime) -> str | None:
    """Return who carried an order when its limit came: the last to take it over, else the first to accept.

    Counted by when each act happened, not by when it arrived: the same acts give the same person in any order. Who
    declined afterwards carries nothing.
    """
    standing: dict[str, Answer] = {}
    taken_over: str | None = None
    for one in sorted(answers, key=lambda one: (one.at, one.user_id, one.act)):
        if one.at > limit:
            continue
        if one.act == "decline":
            standing.pop(one.user_id, None)
            taken_over = None if taken_over == one.user_id else taken_over
        else:
            standing.setdefault(one.user_id, one)
            taken_over = one.user_id if one.act == "take_over" else taken_over
    if taken_over is not None:
        return taken_over
    return next((one.user_id for one in sorted(standing.values(), key=lambda one: one.at)), None)


def record_number(court_code: str, year: int, serial: int) -> str:
    """Return the number of a record: `（2026）云2924说明3号`."""
    return f"（{year}）{court_code}说明{serial}号"


def complaint_number(court_code: str, year: int, serial: int) -> str:
    """Return the number of a complaint: `（2026）云2924投诉2号`."""
    return f"（{year}）{court_code}投诉{serial}号"
