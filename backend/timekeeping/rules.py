"""What may be believed of the server's clock, pure: its kernel's word, satellites' time, and steps (legal time; A8).

A phone that reports by satellite says when its fix was made. Server time at arrival minus that is the server's error
plus the way, and the way only ever makes it larger: below zero the server is surely behind by at least so much, above
zero it is ahead by at most so much.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median_low

WARN_SECONDS = 2.0
DOUBT_SECONDS = 30.0
LEAST_DEVICES = 3
"""One phone with a wrong clock, or two, must not accuse the server."""
WINDOW_SECONDS = 600.0
LONGEST_READING_SECONDS = 0.1
"""Between reading the one clock and the other; longer, and the machine was busy with something else meanwhile."""
LONGEST_UNCHECKED = timedelta(minutes=5)


class Level(StrEnum):
    """How far the server's time can be relied on, the best first.

    `kept`: something keeps it and nothing contradicts. `unverified`: nothing says it is right or wrong. `off`: more
    than 2 seconds. `wrong`: more than 30 seconds; clocks that run are in doubt.
    """

    KEPT = "kept"
    UNVERIFIED = "unverified"
    OFF = "off"
    WRONG = "wrong"


@dataclass(frozen=True)
class KernelClock:
    """What the kernel says of its clock: whether something synchronises it, and the errors it reckons with (seconds)."""

    synchronised: bool
    max_error_s: float
    estimated_error_s: float


@dataclass(frozen=True)
class Estimate:
    """The server's error by satellites, in seconds: below zero it is behind by at least so much; and of how many phones."""

    offset_s: float
    devices: int


@dataclass(frozen=True)
class Verdict:
    """How far the time can be relied on, and by how much it is thought to be off."""

    level: Level
    offset_s: float | None


def estimate(lags: Mapping[str, Iterable[float]]) -> Estimate | None:
    """The server's error from each phone's lags (server time of arrival minus satellite time, seconds).

    Each phone's smallest lag had the shortest way; of those the lower middle one. None from fewer than three phones.
    """
    smallest = [min(found) for found in (list(one) for one in lags.values()) if found]
    return Estimate(median_low(smallest), len(smallest)) if len(smallest) >= LEAST_DEVICES else None


def verdict(kernel: KernelClock | None, satellites: Estimate | None) -> Verdict:
    """What to believe. Satellites outweigh the kernel, which may be kept by a clock that is wrong itself.

    A server ahead by little may only be a slow network, so the kernel's word is taken then; by half a minute it is not.
    """
    kept = kernel is not None and kernel.synchronised and kernel.max_error_s <= WARN_SECONDS
    if satellites is not None:
        offset = satellites.offset_s
        if abs(offset) > DOUBT_SECONDS:
            return Verdict(Level.WRONG, offset)
        if offset < -WARN_SECONDS or (offset > WARN_SECONDS and not kept):
            return Verdict(Level.OFF, offset)
        return Verdict(Level.KEPT, offset)
    return Verdict(Level.KEPT if kept else Level.UNVERIFIED, None)


@dataclass(frozen=True)
class Reading:
    """Both clocks at one moment: the wall's, and the seconds since the machine started, which nobody sets."""

    wall: datetime
    elapsed: float


@dataclass(frozen=True)
class ClockStep:
    """The wall clock jumped between two readings: what it should have said, what it said, and the difference (seconds)."""

    before: datetime
    after: datetime

    @property
    def offset_s(self) -> float:
        """How far it jumped; below zero it was set back."""
        return (self.after - self.before).total_seconds()


def step_between(former: Reading, latter: Reading) -> ClockStep | None:
    """The jump of the wall clock between two readings, or None where it went as time did, to within 2 seconds."""
    expected = former.wall + timedelta(seconds=latter.elapsed - former.elapsed)
    step = ClockStep(expected, latter.wall)
    return step if abs(step.offset_s) > WARN_SECONDS else None


def behind_the_log(now: datetime, last_recorded: datetime | None) -> ClockStep | None:
    """The jump nobody saw: the server's time is earlier than the last line it wrote itself."""
    if last_recorded is None or (last_recorded - now).total_seconds() <= WARN_SECONDS:
        return None
    return ClockStep(last_recorded, now)


def worst(levels: Iterable[Level]) -> Level:
    """The worst of several machines; nothing heard of any is unverified."""
    order = list(Level)
    return max(levels, key=order.index, default=Level.UNVERIFIED)


class SatelliteWindow:
    """The lags of the last ten minutes, phone by phone; measured in elapsed time, which no step changes."""

    def __init__(self) -> None:
        self._lags: dict[str, dict[datetime, tuple[float, float]]] = {}

    def add(self, device_id: str, fixed_at: datetime, lag_s: float, elapsed: float) -> None:
        """Take a lag; the same fix again changes nothing."""
        self._lags.setdefault(device_id, {}).setdefault(fixed_at, (elapsed, lag_s))

    def estimate(self, elapsed: float) -> Estimate | None:
        """The server's error by what came within the window, forgetting what is older."""
        oldest = elapsed - WINDOW_SECONDS
        for device_id, found in list(self._lags.items()):
            kept = {at: one for at, one in found.items() if one[0] >= oldest}
            if kept:
                self._lags[device_id] = kept
            else:
                del self._lags[device_id]
        return estimate({device: [lag for _, lag in found.values()] for device, found in self._lags.items()})

    def forget(self) -> None:
        """Drop everything: the server's clock was set, and what was measured by it holds no more."""
        self._lags.clear()
