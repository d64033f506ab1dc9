"""Distances and headings against known ones, and small moves that can be undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coordinates import Position
from geo.sphere import EARTH_RADIUS_M, distance_m, heading_between, metres_from, moved

BINCHUAN = Position(100.575, 25.83)
DALI = Position(100.247, 25.592)
anywhere = st.builds(Position, st.floats(-180, 180), st.floats(-90, 90))
settled = st.builds(Position, st.floats(-180, 180), st.floats(-60, 60))
metres = st.floats(-20_000, 20_000)


def test_from_binchuan_to_dali_it_is_42_kilometres_to_the_southwest():
    # 42.19 km on the WGS-84 ellipsoid.
    assert distance_m(BINCHUAN, DALI) == pytest.approx(42_190, rel=0.006)
    assert heading_between(BINCHUAN, DALI) == pytest.approx(231.3, abs=0.5)


def test_the_four_winds():
    north, east = Position(100.575, 25.84), Position(100.585, 25.83)
    assert heading_between(BINCHUAN, north) == pytest.approx(0)
    assert heading_between(BINCHUAN, east) == pytest.approx(90, abs=0.01)
    assert heading_between(north, BINCHUAN) == pytest.approx(180)
    assert heading_between(east, BINCHUAN) == pytest.approx(270, abs=0.01)


def test_opposite_points_are_half_the_earth_apart():
    assert distance_m(Position(0, 0), Position(180, 0)) == pytest.approx(3.141592653589793 * EARTH_RADIUS_M)


def test_across_the_date_line_the_short_way_is_taken():
    west, east = Position(179.99, 50), Position(-179.99, 50)
    assert metres_from(west, east)[0] == pytest.approx(distance_m(west, east), rel=0.001)
    assert moved(west, *metres_from(west, east)).longitude == pytest.approx(-179.99)


@given(anywhere, anywhere)
def test_distance_is_the_same_both_ways_and_headings_stay_below_360(start, end):
    assert distance_m(start, end) == pytest.approx(distance_m(end, start), abs=0.001)
    assert distance_m(start, start) == 0
    assert 0 <= heading_between(start, end) < 360


@given(settled, metres, metres)
def test_a_move_in_metres_is_what_the_distance_says_and_can_be_read_back(start, east_m, north_m):
    end = moved(start, east_m, north_m)
    # The flat approximation at 60 degrees and 28 km: below half a percent.
    assert distance_m(start, end) == pytest.approx((east_m**2 + north_m**2) ** 0.5, rel=0.005, abs=0.01)
    assert metres_from(start, end) == pytest.approx((east_m, north_m), abs=0.001)
