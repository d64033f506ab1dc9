"""Which team is sent: fresh before stale before unknown, nearer before farther."""

from datetime import UTC, datetime, timedelta

import pytest

from geo.coordinates import Position
from geo.fixes import Fix
from geo.nearest import by_distance
from geo.sphere import moved

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
WAREHOUSE = Position(100.575, 25.83)


def seen(kilometres: float, minutes_ago: float) -> Fix:
    place = moved(WAREHOUSE, 0.0, kilometres * 1000)
    return Fix(
        fixed_at=NOW - timedelta(minutes=minutes_ago), longitude=place.longitude, latitude=place.latitude
    )


def test_the_commander_sees_fresh_teams_by_distance_then_stale_ones_then_silent_ones():
    teams = {
        "silent": [],
        "far": [seen(20, 1)],
        "near_an_hour_ago": [seen(1, 60)],
        "near": [seen(3, 2)],
        "nearest_two_hours_ago": [seen(0.5, 120)],
    }
    order = by_distance(WAREHOUSE, teams, NOW)
    assert [team.team_id for team in order] == [
        "near",
        "far",
        "nearest_two_hours_ago",
        "near_an_hour_ago",
        "silent",
    ]
    assert [team.stale for team in order] == [False, False, True, True, True]


def test_distance_and_age_are_told():
    (team,) = by_distance(WAREHOUSE, {"binchuan-1": [seen(3, 2)]}, NOW)
    assert team.distance_m == pytest.approx(3000, abs=1)
    assert team.age == timedelta(minutes=2)


def test_a_team_is_where_its_freshest_phone_is_not_where_one_was_left_behind():
    (team,) = by_distance(WAREHOUSE, {"binchuan-1": [seen(0.1, 40), seen(8, 1)]}, NOW)
    assert team.distance_m == pytest.approx(8000, abs=2)
    assert not team.stale


def test_fifteen_minutes_are_still_fresh():
    fresh, stale = by_distance(WAREHOUSE, {"a": [seen(9, 15)], "b": [seen(1, 15.1)]}, NOW)
    assert (fresh.team_id, fresh.stale, stale.team_id, stale.stale) == ("a", False, "b", True)


def test_a_phone_clock_that_runs_ahead_gives_age_zero():
    (team,) = by_distance(WAREHOUSE, {"binchuan-1": [seen(3, -2)]}, NOW)
    assert team.age == timedelta()


def test_a_team_at_the_very_place_comes_first_and_equal_ones_keep_one_order():
    teams = {"b": [seen(2, 1)], "a": [seen(2, 1)], "there": [seen(0, 1)]}
    assert [team.team_id for team in by_distance(WAREHOUSE, teams, NOW)] == ["there", "a", "b"]


def test_without_teams_there_is_no_order():
    assert by_distance(WAREHOUSE, {}, NOW) == []
