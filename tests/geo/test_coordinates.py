"""The three coordinate systems: known points, exact return, and no shift abroad."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coordinates import (
    Bounds,
    Position,
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    is_on_earth,
    is_shifted,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)
from geo.sphere import distance_m

# Away from the edge of the rectangle, where a shifted point may leave it.
in_china = st.builds(Position, st.floats(73, 137), st.floats(1.5, 55))
abroad = st.one_of(
    st.builds(Position, st.floats(-180, 71), st.floats(-90, 90)),
    st.builds(Position, st.floats(73, 137), st.floats(56, 90)),
    st.builds(Position, st.floats(73, 137), st.floats(-90, 0.5)),
)

KNOWN_PAIRS = [
    # (WGS-84, GCJ-02), the check points of the eviltransform converters.
    (Position(121.5272106, 31.1774276), Position(121.531541859215, 31.17530398364597)),
    (Position(113.912316, 22.543847), Position(113.9171764808363, 22.540796131694766)),
    (Position(116.377817, 39.911954), Position(116.38404722455657, 39.91334545536069)),
]


@pytest.mark.parametrize(("wgs84", "gcj02"), KNOWN_PAIRS)
def test_points_in_shanghai_shenzhen_and_beijing_shift_as_every_open_converter_says(wgs84, gcj02):
    assert distance_m(wgs84_to_gcj02(wgs84), gcj02) < 0.01
    assert distance_m(gcj02_to_wgs84(gcj02), wgs84) < 0.01


def test_baidu_adds_its_own_shift_of_about_a_kilometre():
    # The check point of the coordtransform converters.
    baidu = gcj02_to_bd09(Position(116.404, 39.915))
    assert baidu.longitude == pytest.approx(116.41036949, abs=1e-7)
    assert baidu.latitude == pytest.approx(39.92133699, abs=1e-7)


@given(in_china)
def test_a_point_in_china_is_moved_by_tens_to_hundreds_of_metres_and_comes_back_within_a_millimetre(point):
    shifted = wgs84_to_gcj02(point)
    assert 10 < distance_m(point, shifted) < 2_000
    assert distance_m(gcj02_to_wgs84(shifted), point) < 0.001


@given(in_china)
def test_baidu_coordinates_come_back_within_a_millimetre(point):
    assert distance_m(bd09_to_wgs84(wgs84_to_bd09(point)), point) < 0.001
    assert distance_m(bd09_to_gcj02(gcj02_to_bd09(point)), point) < 0.001


@given(abroad)
def test_a_point_abroad_is_never_moved(point):
    assert not is_shifted(point)
    assert wgs84_to_gcj02(point) == point == gcj02_to_wgs84(point)
    assert wgs84_to_bd09(point) == point == bd09_to_wgs84(point)


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [(180.1, 0), (0, -90.1), (float("nan"), 25), (100, float("nan")), (float("inf"), 25)],
)
def test_numbers_that_are_no_place_are_told_apart(longitude, latitude):
    assert not is_on_earth(longitude, latitude)


def test_the_poles_and_the_date_line_are_on_earth():
    assert is_on_earth(-180, 90)
    assert is_on_earth(180, -90)


def test_bounds_hold_their_edge_and_nothing_beyond():
    binchuan = Bounds(100.27, 25.54, 100.97, 26.21)
    assert binchuan.holds(Position(100.575, 25.83))
    assert binchuan.holds(Position(100.27, 26.21))
    assert not binchuan.holds(Position(100.26, 25.83))
    assert not binchuan.holds(Position(100.575, 26.22))
