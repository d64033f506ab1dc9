"""One position as a device measured it: when it is believable, when two are one, which is the last known.

Serves the honest map (principle 5 of the design): nothing wrong is drawn, nothing is drawn twice, and fixes
that arrive in any order (a phone empties its buffer after an hour in a valley) end in the same last-known.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce

from geo.coordinates import Position, is_on_earth

MAX_AHEAD = timedelta(minutes=5)
"""A fix later than the server's clock by more than this comes from a device whose clock is wrong."""
MAX_AGE = timedelta(days=31)
"""Older fixes are not stored: a receiver whose clock was reset sends such dates."""
MAX_ACCURACY_M = 10_000.0
"""A coarser circle than a county town and its valley tells nobody where to drive."""
NULL_ISLAND_DEGREES = 0.01
"""Closer than this to 0, 0 (a kilometre) a receiver has reported that it knows nothing."""


class FixFault(StrEnum):
    """Why a fix is not stored."""

    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NULL_ISLAND = "null_island"
    IN_THE_FUTURE = "in_the_future"
    TOO_OLD = "too_old"
    TOO_COARSE = "too_coarse"


class FixRejectedError(ValueError):
    """The fix cannot be believed; `fault` says why."""

    def __init__(self, fault: FixFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A measured position: WGS-84 degrees, metres, metres a second, degrees clockwise from north, percent.

    `fixed_at` is the receiver's time (aware). None means the device did not say. `mock` means the device
    itself says that an app made the position up.
    """

    fixed_at: datetime
    longitude: float
    latitude: float
    accuracy_m: float | None = None
    altitude_m: float | None = None
    speed_m_s: float | None = None
    heading: float | None = None
    battery_percent: float | None = None
    charging: bool | None = None
    mock: bool = False

    @property
    def position(self) -> Position:
        """The place without the time."""
        return Position(self.longitude, self.latitude)


def fault_of(fix: Fix, now: datetime) -> FixFault | None:
    """Say why a fix cannot be stored at `now`, the first fault found, or None when it can."""
    longitude, latitude = fix.longitude, fix.latitude
    faults = (
        (FixFault.NOT_A_NUMBER, not (math.isfinite(longitude) and math.isfinite(latitude))),
        (FixFault.OUT_OF_RANGE, not is_on_earth(longitude, latitude)),
        (FixFault.NULL_ISLAND, max(abs(longitude), abs(latitude)) < NULL_ISLAND_DEGREES),
        (FixFault.IN_THE_FUTURE, fix.fixed_at - now > MAX_AHEAD),
        (FixFault.TOO_OLD, now - fix.fixed_at > MAX_AGE),
        (FixFault.TOO_COARSE, fix.accuracy_m is not None and fix.accuracy_m > MAX_ACCURACY_M),
    )
    return next((fault for fault, holds in faults if holds), None)


def _within(value: float | None, lowest: float, highest: float) -> float | None:
    return value if value is not None and math.isfinite(value) and lowest <= value <= highest else None


def checked(fix: Fix, now: datetime) -> Fix:
    """Return the fix as it is stored: side values that cannot be (speed -1, battery 250 %) become unknown.

    Raise `FixRejectedError` when the place or the time itself cannot be believed.
    """
    fault = fault_of(fix, now)
    if fault is not None:
        raise FixRejectedError(fault)
    heading = _within(fix.heading, 0, 360)
    return replace(
        fix,
        accuracy_m=_within(fix.accuracy_m, 0, MAX_ACCURACY_M),
        altitude_m=_within(fix.altitude_m, -500, 12_000),
        speed_m_s=_within(fix.speed_m_s, 0, 150),
        heading=None if heading is None else heading % 360,
        battery_percent=_within(fix.battery_percent, 0, 100),
    )


def duplicate_key(device_id: str, fix: Fix) -> tuple[str, int]:
    """Return what makes a resent fix the same one: the device and its time in whole milliseconds."""
    return device_id, round(fix.fixed_at.timestamp() * 1000)


def without_duplicates(device_id: str, fixes: Iterable[Fix]) -> list[Fix]:
    """Return one fix per time, the best of those that share it, in order of time."""
    best: dict[tuple[str, int], Fix] = {}
    for fix in fixes:
        key = duplicate_key(device_id, fix)
        best[key] = later(best[key], fix) if key in best else fix
    return [best[key] for key in sorted(best)]


def _rank(fix: Fix) -> tuple[datetime, float, float, float, str]:
    accuracy = math.inf if fix.accuracy_m is None else fix.accuracy_m
    return fix.fixed_at, -accuracy, fix.longitude, fix.latitude, repr(fix)


def later(first: Fix, second: Fix) -> Fix:
    """Return which of two fixes of one device is the last known: the later, or the more accurate of one time.

    The answer does not depend on the order of arrival: equal ranks are settled by the values themselves.
    """
    return max(first, second, key=_rank)


def last_known(fixes: Iterable[Fix]) -> Fix | None:
    """Return the last-known fix of one device, whatever the order of arrival; None without a fix."""
    return reduce(lambda best, fix: fix if best is None else later(best, fix), fixes, None)
