"""Who is told of a call for help and when, who may answer it, how it may end; pure (domain 1.16, ADR 0039)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from backend.deadlines.rulebooks import Audience


class EmergencyKind(StrEnum):
    """What was raised: a call for help, or the lack of a check-in that was due."""

    SOS = "sos"
    MISSED_CHECK_IN = "missed_check_in"


class EmergencyState(StrEnum):
    """Where it stands: nobody answered yet, somebody did, or it has ended."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class EmergencyResult(StrEnum):
    """How it ended; `on_time` is a check-in that had been made in time and arrived late."""

    SAFE = "safe"
    HELPED = "helped"
    FALSE_ALARM = "false_alarm"
    DRILL = "drill"
    ON_TIME = "on_time"


class EmergencyAct(StrEnum):
    """What a line of an emergency says happened."""

    RAISE = "raise"
    PRESS_AGAIN = "press_again"
    SAFE = "safe"
    ANSWER = "answer"
    NOTE = "note"
    TELL_LEADERS = "tell_leaders"
    TELL_SUPERIOR = "tell_superior"
    CLOSE = "close"
    MISS = "miss"
    WITHDRAW = "withdraw"


DUTY_NUMBER_FORM = re.compile(r"^\+?[0-9][0-9 -]{1,21}[0-9]$")
"""How a telephone number of a command post is written."""


@dataclass(frozen=True)
class Step:
    """One step of the escalation: so long after it arrived without an answer, these are told, here or one court above."""

    act: EmergencyAct
    after: timedelta
    tells: tuple[Audience, ...]
    upward: bool


ESCALATION: tuple[Step, ...] = (
    Step(
        EmergencyAct.TELL_LEADERS,
        timedelta(seconds=30),
        (Audience.DUTY_LEADER, Audience.COMMANDER),
        upward=False,
    ),
    Step(
        EmergencyAct.TELL_SUPERIOR,
        timedelta(seconds=60),
        (Audience.DUTY_OFFICER, Audience.DUTY_LEADER, Audience.COMMANDER),
        upward=True,
    ),
)
"""The escalation as data, in the order of time; counted from the arrival, for nobody can answer what is not there."""

BY_DESK = frozenset({EmergencyResult.SAFE, EmergencyResult.HELPED, EmergencyResult.FALSE_ALARM})


def next_step(received_at: datetime, done: int, *, drill: bool) -> tuple[Step, datetime] | None:
    """Return the next step after so many were done, and when it is due; None when there is none.

    A drill never goes to the court above.
    """
    steps = [step for step in ESCALATION if not (drill and step.upward)]
    if done >= len(steps):
        return None
    step = steps[done]
    return step, received_at + step.after


def results_of(kind: EmergencyKind, *, drill: bool) -> frozenset[EmergencyResult]:
    """Return how a desk may say that it ended: a drill only as a drill, a press meant as one also."""
    if drill:
        return frozenset({EmergencyResult.DRILL})
    return BY_DESK | {EmergencyResult.DRILL} if kind is EmergencyKind.SOS else BY_DESK


def may_answer(court_id: str, ancestors: Sequence[str], kept: Collection[str], seen: Collection[str]) -> bool:
    """Tell whether somebody may answer for a court: who sees its positions and keeps the duty there or above it.

    `kept`, `seen`: the courts whose duty the person keeps and whose positions it sees.
    """
    return court_id in seen and any(court in kept for court in (court_id, *ancestors))


SHORTEST_INTERVAL, LONGEST_INTERVAL = timedelta(minutes=5), timedelta(minutes=60)
"""Between two check-ins of a risky order."""
CHECK_IN_GRACE = timedelta(seconds=60)
"""So long after the time the phone asks, before the command post is alarmed."""


def missed_at(due_at: datetime) -> datetime:
    """Return the last instant at which a check-in due then is in time; after it the command post is alarmed."""
    return due_at + CHECK_IN_GRACE


def is_in_time(confirmed_at: datetime, due_at: datetime) -> bool:
    """Tell whether a check-in was made before its grace had passed."""
    return confirmed_at <= missed_at(due_at)
