"""What a row of fixes tells: how far, where it is silent, and which points may be left out.

Serves the replay of a team's way and the honest map: a gap is shown as a gap, never as a straight drive.
All functions take fixes of one device in any order.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from geo.coordinates import Position
from geo.fixes import Fix
from geo.sphere import distance_m, metres_from

SILENCE = timedelta(minutes=2)
"""Phones report every minute at rest, so a longer pause means that the device did not or could not send."""
STANDING_NOISE_M = 15.0
"""A receiver at rest wanders about this far: smaller steps are not counted as way."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence between two fixes; what happened in between is unknown."""

    before: Fix
    after: Fix

    @property
    def duration(self) -> timedelta:
        """How long nothing was heard."""
        return self.after.fixed_at - self.before.fixed_at

    @property
    def distance_m(self) -> float:
        """How far the device got in the meantime, in a straight line: the least it can have travelled."""
        return distance_m(self.before.position, self.after.position)


def in_order(fixes: Iterable[Fix]) -> list[Fix]:
    """Return the fixes by the receiver's time."""
    return sorted(fixes, key=lambda fix: fix.fixed_at)


def travelled_m(fixes: Iterable[Fix], noise_m: float = STANDING_NOISE_M) -> float:
    """Return the way in metres, a lower bound: straight lines, each of at least `noise_m`."""
    way, counted = 0.0, None
    for fix in in_order(fixes):
        step = 0.0 if counted is None else distance_m(counted.position, fix.position)
        if counted is None or step >= noise_m:
            way, counted = way + step, fix
    return way


def gaps(fixes: Iterable[Fix], longer_than: timedelta = SILENCE) -> list[Gap]:
    """Return the silences longer than the given time, in order."""
    found = (Gap(before, after) for before, after in pairwise(in_order(fixes)))
    return [gap for gap in found if gap.duration > longer_than]


def segments(fixes: Iterable[Fix], silence: timedelta = SILENCE) -> list[list[Fix]]:
    """Return the stretches between silences, each in order; a map draws each as one solid line."""
    stretches: list[list[Fix]] = []
    for fix in in_order(fixes):
        if not stretches or fix.fixed_at - stretches[-1][-1].fixed_at > silence:
            stretches.append([])
        stretches[-1].append(fix)
    return stretches


def simplified(fixes: Iterable[Fix], tolerance_m: float, silence: timedelta = SILENCE) -> list[Fix]:
    """Return a part of the fixes from which the place at any kept time is still right within `tolerance_m`.

    Both ends of every gap stay. Unlike Douglas and Peucker's rule this one measures against where the device
    would have been at that time, so a stop on a straight road is kept (Meratnia and de By 2004, TD-TR).
    """
    return [fix for stretch in segments(fixes, silence) for fix in _thinned(stretch, tolerance_m)]


def place_at(before: Fix, after: Fix, share: float) -> Position:
    """Return the place on the straight line between two fixes: share 0 is the first, 1 the second."""
    return Position(
        before.longitude + (after.longitude - before.longitude) * share,
        before.latitude + (after.latitude - before.latitude) * share,
    )


def _error_m(before: Fix, fix: Fix, after: Fix) -> float:
    """Return how far a fix lies from where even travel between two others would have put it."""
    span = (after.fixed_at - before.fixed_at).total_seconds()
    share = (fix.fixed_at - before.fixed_at).total_seconds() / span if span > 0 else 0.0
    east_m, north_m = metres_from(place_at(before, after, share), fix.position)
    return math.hypot(east_m, north_m)


def _thinned(stretch: Sequence[Fix], tolerance_m: float) -> list[Fix]:
    kept = {0, len(stretch) - 1}
    open_spans = [(0, len(stretch) - 1)]
    while open_spans:
        start, end = open_spans.pop()
        errors = [(_error_m(stretch[start], stretch[i], stretch[end]), i) for i in range(start + 1, end)]
        worst, index = max(errors, default=(0.0, start))
        if worst > tolerance_m:
            kept.add(index)
            open_spans += [(start, index), (index, end)]
    return [stretch[i] for i in sorted(kept)]
