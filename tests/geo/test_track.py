"""What a track tells: way, silences and a thinner version that keeps time; on a real drive as well."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coordinates import Position
from geo.fixes import Fix
from geo.recording import read_recording
from geo.sphere import distance_m, moved
from geo.track import gaps, in_order, place_at, segments, simplified, travelled_m

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
BINCHUAN = Position(100.575, 25.83)
TRACKS = Path(__file__).parents[2] / "backend" / "demo" / "tracks"


def seen(seconds: float, east_m: float, north_m: float = 0.0) -> Fix:
    place = moved(BINCHUAN, east_m, north_m)
    return Fix(
        fixed_at=START + timedelta(seconds=seconds), longitude=place.longitude, latitude=place.latitude
    )


def recorded(name: str) -> list[Fix]:
    points = read_recording((TRACKS / name).read_text(encoding="utf-8"))
    return [
        Fix(
            fixed_at=START + timedelta(seconds=point.seconds),
            longitude=point.position.longitude,
            latitude=point.position.latitude,
        )
        for point in points
    ]


def place_in(track: list[Fix], at: datetime) -> Position:
    after = next(i for i, fix in enumerate(track) if fix.fixed_at >= at)
    if track[after].fixed_at == at:
        return track[after].position
    before = track[after - 1]
    share = (at - before.fixed_at) / (track[after].fixed_at - before.fixed_at)
    return place_at(before, track[after], share)


def test_a_drive_of_one_kilometre_there_and_back_is_two_kilometres():
    drive = [seen(0, 0), seen(60, 500), seen(120, 1000), seen(180, 500), seen(240, 0)]
    assert travelled_m(drive) == pytest.approx(2000, rel=0.001)
    assert travelled_m(reversed(drive)) == travelled_m(drive)


def test_an_hour_in_front_of_a_house_is_no_way():
    waiting = [seen(10 * i, 6 if i % 2 else -6) for i in range(360)]
    assert travelled_m(waiting) == 0
    assert travelled_m(waiting, noise_m=0) > 4000


def test_a_slow_walk_counts_although_each_step_is_below_the_noise():
    assert travelled_m([seen(5 * i, 5 * i) for i in range(101)]) == pytest.approx(500, abs=15)


def test_no_way_without_fixes():
    assert travelled_m([]) == 0
    assert travelled_m([seen(0, 0)]) == 0


def test_a_silence_in_a_valley_is_a_gap_with_its_length_and_both_sides():
    drive = [seen(900, 9000), seen(0, 0), seen(60, 600), seen(960, 9100)]
    (gap,) = gaps(drive)
    assert gap.duration == timedelta(minutes=14)
    assert gap.distance_m == pytest.approx(8400, rel=0.001)
    assert [len(stretch) for stretch in segments(drive)] == [2, 2]


def test_a_pause_of_exactly_the_limit_is_no_gap():
    assert gaps([seen(0, 0), seen(120, 0)], longer_than=timedelta(seconds=120)) == []
    assert len(gaps([seen(0, 0), seen(121, 0)], longer_than=timedelta(seconds=120))) == 1


def test_on_a_straight_road_at_even_speed_only_the_ends_are_needed():
    assert simplified([seen(10 * i, 100 * i) for i in range(7)], 5) == [seen(0, 0), seen(60, 600)]


def test_a_stop_on_a_straight_road_is_kept():
    drive = [seen(0, 0), seen(30, 300), seen(60, 300), seen(90, 300), seen(120, 600)]
    assert simplified(drive, 20) == [seen(0, 0), seen(30, 300), seen(90, 300), seen(120, 600)]


def test_both_sides_of_a_silence_stay_although_they_lie_on_the_line():
    drive = [seen(0, 0), seen(60, 60), seen(600, 600), seen(660, 660)]
    assert simplified(drive, 50) == drive


@pytest.mark.parametrize(
    ("name", "points", "way_m"),
    [("around-visnjan-with-car.csv", 104, 2700), ("cerknicko-jezero.csv", 296, 13_700)],
)
def test_the_real_recordings_thin_out_and_keep_place_and_time(name, points, way_m):
    track = recorded(name)
    assert len(track) == points
    assert travelled_m(track) == pytest.approx(way_m, rel=0.05)
    thin = simplified(track, 20)
    assert len(thin) < len(track) * 0.7
    assert gaps(thin)[0].before in track
    # Within a stretch; across a silence nothing is claimed.
    for stretch in segments(track):
        for fix in stretch:
            assert distance_m(place_in(thin, fix.fixed_at), fix.position) <= 20.1


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(-3000, 3000), st.integers(-3000, 3000)), max_size=25),
    st.floats(0, 500),
)
def test_a_thinner_track_is_a_part_of_the_whole_with_its_ends_and_its_silences(steps, tolerance_m):
    track = in_order(seen(*step) for step in steps)
    thin = simplified(track, tolerance_m)
    assert all(fix in track for fix in thin)
    assert thin[:1] == track[:1]
    assert thin[-1:] == track[-1:]
    for gap in gaps(track):
        assert gap.before in thin
        assert gap.after in thin
