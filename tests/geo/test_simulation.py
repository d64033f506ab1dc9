"""The simulated teams drive in Dali for ever, on real recordings, and depend on the time alone."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coordinates import Position
from geo.fixes import fault_of
from geo.recording import RecordedPoint, read_recording
from geo.simulation import PLACEMENTS, fixes_between, last_fix, place_team, there_and_back
from geo.sphere import distance_m
from geo.track import gaps

BEGAN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
TRACKS = Path(__file__).parents[2] / "backend" / "demo" / "tracks"
TEAMS = {
    placement.court_id: place_team(
        placement, read_recording((TRACKS / f"{placement.recording}.csv").read_text(encoding="utf-8"))
    )
    for placement in PLACEMENTS
}
BINCHUAN = TEAMS["binchuan"]


def test_three_teams_each_in_its_own_county():
    centres = {
        "binchuan": Position(100.575, 25.83),
        "xiangyun": Position(100.551, 25.478),
        "dalishi": Position(100.247, 25.592),
    }
    assert set(TEAMS) == set(centres)
    for court_id, team in TEAMS.items():
        fixes = fixes_between(team, BEGAN, BEGAN, BEGAN + team.period)
        assert max(distance_m(fix.position, centres[court_id]) for fix in fixes) < 8_000


def test_there_and_back_passes_each_point_and_turns_once_at_each_end():
    a, b, c = (RecordedPoint(seconds, Position(100 + seconds / 100, 25)) for seconds in (0, 10, 25))
    loop = there_and_back([a, b, c])
    assert [point.seconds for point in loop] == [0, 10, 25, 40]
    assert [point.position for point in loop] == [a.position, b.position, c.position, b.position]


def test_after_one_round_trip_the_team_of_binchuan_is_where_it_began():
    first = last_fix(BINCHUAN, BEGAN, BEGAN)
    assert first is not None
    again = last_fix(BINCHUAN, BEGAN, BEGAN + BINCHUAN.period)
    assert again is not None
    assert again.position == first.position == Position(100.575, 25.83)
    assert again.fixed_at - first.fixed_at == BINCHUAN.period


def test_the_silences_of_the_walk_are_kept():
    walk = TEAMS["xiangyun"]
    silences = gaps(fixes_between(walk, BEGAN, BEGAN, BEGAN + walk.period), timedelta(minutes=10))
    # Three silences of the recording, each met on the way there and on the way back.
    assert len(silences) == 6
    longest = max(silences, key=lambda gap: gap.duration)
    assert longest.duration == timedelta(seconds=894)
    inside = longest.before.fixed_at + timedelta(minutes=5)
    assert last_fix(walk, BEGAN, inside) == longest.before


def test_two_teams_on_one_recording_are_not_in_step():
    binchuan, dalishi = (last_fix(TEAMS[name], BEGAN, BEGAN) for name in ("binchuan", "dalishi"))
    assert binchuan is not None
    assert dalishi is not None
    assert dalishi.heading != binchuan.heading
    assert distance_m(dalishi.position, Position(100.247, 25.592)) > 50


@pytest.mark.parametrize("court_id", sorted(TEAMS))
def test_every_simulated_fix_would_be_accepted_from_a_real_phone(court_id):
    day = fixes_between(TEAMS[court_id], BEGAN, BEGAN, BEGAN + timedelta(hours=26))
    assert len(day) > 1000
    for fix in day:
        assert fault_of(fix, fix.fixed_at) is None
        assert fix.speed_m_s is not None
        assert 0 <= fix.speed_m_s < 95
        assert fix.battery_percent is not None
        assert 0 <= fix.battery_percent <= 100
    assert all(earlier.fixed_at < after.fixed_at for earlier, after in pairwise(day))


instants = st.integers(0, 20_000).map(lambda seconds: BEGAN + timedelta(seconds=seconds))


@given(st.sampled_from(sorted(TEAMS)), instants, instants, instants)
def test_asking_in_two_steps_gives_the_same_fixes_as_asking_once(court_id, first, second, third):
    start, middle, end = sorted([first, second, third])
    team = TEAMS[court_id]
    in_two_steps = fixes_between(team, BEGAN, start, middle) + fixes_between(team, BEGAN, middle, end)
    assert in_two_steps == fixes_between(team, BEGAN, start, end)


@given(st.sampled_from(sorted(TEAMS)), instants)
def test_where_a_team_is_is_the_last_fix_sent_so_far(court_id, at):
    team = TEAMS[court_id]
    sent = fixes_between(team, BEGAN, BEGAN - timedelta(hours=5), at)
    assert last_fix(team, BEGAN, at) == sent[-1]


@pytest.mark.parametrize("seconds", [(), (0,), (5, 10)])
def test_a_recording_that_cannot_be_driven_is_refused(seconds):
    recording = [RecordedPoint(second, Position(14.0, 45.0)) for second in seconds]
    with pytest.raises(ValueError, match="second 0"):
        place_team(PLACEMENTS[0], recording)
