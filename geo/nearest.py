"""Which team is nearest to a place, for whoever dispatches within 30 minutes (BSS-8).

Distances are straight lines, not roads, and each carries its age: the screen says both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from geo.coordinates import Position
from geo.fixes import Fix
from geo.sphere import distance_m

STALE_AFTER = timedelta(minutes=15)
"""At 60 km/h a team is 15 km away from where it was: its distance no longer ranks before a fresh one."""


@dataclass(frozen=True, slots=True)
class TeamDistance:
    """How far a team is, and how old that is; both None when nothing is known. Stale ones rank later."""

    team_id: str
    distance_m: float | None
    age: timedelta | None
    stale: bool


def _measured(
    place: Position, team_id: str, fixes: Iterable[Fix], now: datetime, stale_after: timedelta
) -> TeamDistance:
    """Measure from the freshest fix of the team: its members move together, an old phone stayed behind."""
    newest = max(fixes, key=lambda fix: fix.fixed_at, default=None)
    if newest is None:
        return TeamDistance(team_id, None, None, stale=True)
    # A device clock that runs ahead must not give a negative age.
    age = max(now - newest.fixed_at, timedelta())
    return TeamDistance(team_id, distance_m(place, newest.position), age, stale=age > stale_after)


def by_distance(
    place: Position, teams: Mapping[str, Iterable[Fix]], now: datetime, stale_after: timedelta = STALE_AFTER
) -> list[TeamDistance]:
    """Order teams by distance to a place: fresh ones first, then stale ones, then those never heard of.

    `teams` maps a team's id to the last-known fixes of its members' devices.
    """
    measured = (_measured(place, team_id, fixes, now, stale_after) for team_id, fixes in teams.items())
    return sorted(
        measured,
        key=lambda team: (team.distance_m is None, team.stale, team.distance_m or 0.0, team.team_id),
    )
