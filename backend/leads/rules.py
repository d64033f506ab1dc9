"""Where a lead stands and what its triage means for the clocks (BSS-7(1), BSS-7(2); A16, A17, A22)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a lead stands."""

    REGISTERED = "registered"
    REPORTED = "reported"
    TRIAGED = "triaged"
    VERIFICATION_ASSIGNED = "verification_assigned"
    ORDERED = "ordered"
    DEPARTED = "departed"
    ON_SCENE = "on_scene"
    VERIFIED = "verified"
    RESULT = "result"
    CLOSED = "closed"


class Triage(StrEnum):
    """What a lead turned out to be."""

    URGENT = "urgent"
    NON_URGENT = "non_urgent"
    INQUIRY = "inquiry"
    NOT_OURS = "not_ours"


class UrgentGround(StrEnum):
    """The four urgent grounds (紧急情形) of BSS-7(1); one of them makes a lead urgent."""

    SEALED_PROPERTY_ENDANGERED = "sealed_property_endangered"
    VALUABLE_MOVABLES_AT_HAND = "valuable_movables_at_hand"
    HIGH_CONSUMPTION_NOW = "high_consumption_now"
    OTHER = "other"


PROGRESS = list(State)
CLOCK_OF_TRIAGE = {Triage.URGENT: "C4", Triage.NON_URGENT: "C5"}
OLDEST_RECEIPT = timedelta(days=30)
STATE_AFTER_ACT = {"depart": State.DEPARTED, "arrive": State.ON_SCENE, "complete": State.RESULT}


def further(state: State, proposed: State) -> State:
    """Return whichever state is further on the way; a closed lead stays closed."""
    return proposed if PROGRESS.index(proposed) > PROGRESS.index(state) else state


def grounds_fit(triage: Triage | None, grounds: Collection[str]) -> bool:
    """Tell whether the grounds fit the triage: urgent needs one of the four."""
    return triage is not Triage.URGENT or bool(grounds)


def receipt_instant(claimed: datetime, now: datetime) -> datetime:
    """Return the time of the call: as the desk says, never in the future; a desk clock ahead of ours counts as now."""
    return min(claimed, now)


def is_too_old(claimed: datetime, now: datetime) -> bool:
    """Tell whether the claimed time of the call is too long ago to be anything but a mistake."""
    return now - claimed > OLDEST_RECEIPT


def lead_number(court_code: str, year: int, serial: int) -> str:
    """Return the number of a lead: `（2026）云2924线索7号`."""
    return f"（{year}）{court_code}线索{serial}号"


def merged_triage(one: Triage | None, other: Triage | None) -> Triage | None:
    """Return what two leads about one event are together: the more pressing of the two (A16)."""
    for triage in (Triage.URGENT, Triage.NON_URGENT, Triage.NOT_OURS):
        if triage in (one, other):
            return triage
    return None
