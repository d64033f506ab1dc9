"""Has the team left, has it arrived: circles judged with the accuracy of the fixes (domain decision A7).

A7: a departure is the officer's tap, confirmed by the phone leaving the place where the order was received
(200 m); it is kept as a distance, never as a point, because standby officers start from home. A tap and a
leaving more than five minutes apart are flagged, not judged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from geo.coordinates import Position
from geo.fixes import Fix
from geo.sphere import distance_m
from geo.track import in_order

DEPARTURE_RADIUS_M = 200.0
"""A7: who is farther than this from where the order reached him has left."""
DEPARTURE_MISMATCH = timedelta(minutes=5)
"""A7: tap and leaving further apart than this are flagged."""
ARRIVAL_RADIUS_M = 100.0
"""A house, its yard and where a car can stop in front of it."""
START_WINDOW = timedelta(minutes=10)
"""A fix older than this when the order came does not say where the order was received."""
ASSUMED_ACCURACY_M = 50.0
"""Taken for a fix that does not state its accuracy: the phone sampler's own limit for a good one."""


class Side(StrEnum):
    """Where a fix lies against a circle, given how far it may be wrong."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Circle:
    """A place with a radius in metres around it."""

    centre: Position
    radius_m: float


@dataclass(frozen=True, slots=True)
class Departure:
    """That somebody left: when, and how far he had got. No place is kept."""

    left_at: datetime
    distance_m: float


def accuracy_of(fix: Fix) -> float:
    """Return the radius in metres within which the device says it is, or the assumed one."""
    return ASSUMED_ACCURACY_M if fix.accuracy_m is None else fix.accuracy_m


def side(fix: Fix, circle: Circle) -> Side:
    """Say on which side of the circle a fix lies: `UNSURE` when its accuracy reaches across the line."""
    distance, accuracy = distance_m(fix.position, circle.centre), accuracy_of(fix)
    if distance + accuracy <= circle.radius_m:
        return Side.INSIDE
    return Side.OUTSIDE if distance - accuracy > circle.radius_m else Side.UNSURE


def _first_proof(fixes: Iterable[Fix], circle: Circle, wanted: Side) -> Fix | None:
    """Return the first fix that proves the wanted side: one sure fix, or the second of two probable ones.

    Probable means: the point itself is on that side, and the device is not vaguer than the circle is wide.
    Without the second rule a phone at 60 m accuracy would never arrive at a door of 50 m.
    """
    ordered = in_order(fixes)

    def sure(fix: Fix) -> bool:
        return side(fix, circle) is wanted

    def probable(fix: Fix) -> bool:
        within = distance_m(fix.position, circle.centre) <= circle.radius_m
        return within == (wanted is Side.INSIDE) and accuracy_of(fix) <= 2 * circle.radius_m

    if ordered and sure(ordered[0]):
        return ordered[0]
    for previous, fix in pairwise(ordered):
        if sure(fix) or (probable(previous) and probable(fix)):
            return fix
    return None


def arrival_circle(
    place: Position, place_accuracy_m: float | None = None, radius_m: float = ARRIVAL_RADIUS_M
) -> Circle:
    """Return the circle that counts as being there; a place known only roughly has a wider one."""
    return Circle(place, radius_m + (place_accuracy_m or 0.0))


def arrival(fixes: Iterable[Fix], circle: Circle) -> Fix | None:
    """Return the fix that proves that one device came into the circle, or None."""
    return _first_proof(fixes, circle, Side.INSIDE)


def _where_received(ordered: list[Fix], received_at: datetime) -> Fix | None:
    """Return the fix nearest in time to the receipt, before it if possible."""
    near = [fix for fix in ordered if abs(fix.fixed_at - received_at) <= START_WINDOW]
    before = [fix for fix in near if fix.fixed_at <= received_at]
    return before[-1] if before else next(iter(near), None)


def departure(
    fixes: Iterable[Fix], received_at: datetime, radius_m: float = DEPARTURE_RADIUS_M
) -> Departure | None:
    """Return when one device left the place where it received the order, or None while it has not (A7).

    None also when no fix within ten minutes of the receipt says where that was. The vagueness of that first
    fix widens the circle, so a phone that only found itself better has not left.
    """
    ordered = in_order(fixes)
    start = _where_received(ordered, received_at)
    if start is None:
        return None
    circle = Circle(start.position, radius_m + accuracy_of(start))
    later = (fix for fix in ordered if fix.fixed_at > max(start.fixed_at, received_at))
    proof = _first_proof(later, circle, Side.OUTSIDE)
    return None if proof is None else Departure(proof.fixed_at, distance_m(start.position, proof.position))


def departure_mismatch(tapped_at: datetime, left_at: datetime) -> bool:
    """Say whether tap and leaving are so far apart that the screen flags it for a person (A7)."""
    return abs(tapped_at - left_at) > DEPARTURE_MISMATCH
