"""Three teams that move on real recordings laid into Dali prefecture, for `lingda demo --simulate` and tests.

Each team drives its recording to the end and back again for ever, with the receiver's own noise and silences.
Where a team is depends on the time alone, so a restarted simulation goes on where it would have been.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from geo.coordinates import Position
from geo.fixes import Fix
from geo.recording import RecordedPoint, shifted
from geo.sphere import distance_m, heading_between

BATTERY_HOURS = 12.0
"""A full charge lasts one long shift; then the simulated phone is on the charger again."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where and how a team's recording, named by its file, is laid down; degrees clockwise, metres."""

    court_id: str
    recording: str
    start: Position
    turn_degrees: float
    head_start: timedelta
    accuracy_m: float


DRIVE, WALK = "around-visnjan-with-car", "cerknicko-jezero"
PLACEMENTS = (
    # 宾川 金牛镇, the county town.
    Placement("binchuan", DRIVE, Position(100.575, 25.830), 0.0, timedelta(), 6.0),
    # 祥云 祥城镇; turned, so that the way leads through the basin.
    Placement("xiangyun", WALK, Position(100.551, 25.478), 90.0, timedelta(minutes=31), 9.0),
    # 大理市 下关; the same drive as in Binchuan, turned and five minutes ahead.
    Placement("dalishi", DRIVE, Position(100.247, 25.592), 200.0, timedelta(minutes=5), 7.0),
)


@dataclass(frozen=True, slots=True)
class SimulatedTeam:
    """A team on its loop: the points of one round trip in order, and the length of the round trip."""

    court_id: str
    loop: tuple[RecordedPoint, ...]
    period: timedelta
    head_start: timedelta
    accuracy_m: float


def there_and_back(recording: Sequence[RecordedPoint]) -> tuple[RecordedPoint, ...]:
    """Return the recording followed by itself backwards, each point once, the seconds counting on."""
    length = recording[-1].seconds
    back = [
        RecordedPoint(2 * length - point.seconds, point.position, point.altitude_m)
        for point in recording[-2:0:-1]
    ]
    return (*recording, *back)


def place_team(placement: Placement, recording: Sequence[RecordedPoint]) -> SimulatedTeam:
    """Lay a recording of at least two points, from second 0, at its place; raise ValueError for any other."""
    if len(recording) < 2 or recording[0].seconds != 0:
        raise ValueError("a recording starts at second 0 and has two points or more")
    return SimulatedTeam(
        placement.court_id,
        there_and_back(shifted(recording, placement.start, placement.turn_degrees)),
        timedelta(seconds=2 * recording[-1].seconds),
        placement.head_start,
        placement.accuracy_m,
    )


def fixes_between(team: SimulatedTeam, began_at: datetime, after: datetime, until: datetime) -> list[Fix]:
    """Return the fixes the team's phone measures after one instant and up to another, in order.

    `began_at` is when the simulation began, before its head start. A silence of the recording gives no fix.
    """
    begin = began_at - team.head_start
    round_trip = max((after - begin) // team.period, 0)
    found: list[Fix] = []
    while (start := begin + round_trip * team.period) <= until:
        found += [fix for fix in _one_round(team, start, began_at) if after < fix.fixed_at <= until]
        round_trip += 1
    return found


def last_fix(team: SimulatedTeam, began_at: datetime, at: datetime) -> Fix | None:
    """Return the last fix up to an instant: its age shows a silence; None before the first one."""
    fixes = fixes_between(team, began_at, at - team.period, at)
    return fixes[-1] if fixes else None


def _one_round(team: SimulatedTeam, start: datetime, began_at: datetime) -> Iterator[Fix]:
    for here, following in pairwise((*team.loop, team.loop[0])):
        fixed_at = start + timedelta(seconds=here.seconds)
        pause = (following.seconds - here.seconds) % team.period.total_seconds()
        hours = max((fixed_at - began_at).total_seconds(), 0.0) / 3600
        yield Fix(
            fixed_at=fixed_at,
            longitude=here.position.longitude,
            latitude=here.position.latitude,
            accuracy_m=team.accuracy_m,
            altitude_m=here.altitude_m,
            # What the receiver would have reported: the way to its next point over the time that took.
            speed_m_s=distance_m(here.position, following.position) / pause,
            heading=heading_between(here.position, following.position),
            battery_percent=round(100.0 * (1 - hours % BATTERY_HOURS / BATTERY_HOURS)),
        )
