"""Recordings are read strictly and keep every metre of their noise wherever they are laid down."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coordinates import Position
from geo.recording import RecordedPoint, read_recording, shifted
from geo.sphere import distance_m, heading_between, metres_from

TRACKS = Path(__file__).parents[2] / "backend" / "demo" / "tracks"
BINCHUAN = Position(100.575, 25.83)


def test_the_real_drive_is_read_to_its_last_digit():
    drive = read_recording((TRACKS / "around-visnjan-with-car.csv").read_text(encoding="utf-8"))
    assert drive[0] == RecordedPoint(0.0, Position(13.7142099626, 45.273518851), 211.15)
    assert (len(drive), drive[-1].seconds) == (104, 514.0)


HEADING = "seconds,latitude,longitude,elevation_m\n"


def test_a_missing_height_is_unknown_not_zero():
    assert read_recording(HEADING + "0,25.8,100.5,\n") == [RecordedPoint(0.0, Position(100.5, 25.8), None)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: expected the columns"),
        ("seconds,lat,lon,elevation_m\n0,25,100,1\n", "line 1: expected the columns"),
        (HEADING + "0,25.8,100.5,1\n1,north,100.5,1\n", "line 3: not numbers"),
        (HEADING + "0,25.8\n", "line 2: not numbers"),
        (HEADING + "0,nan,100.5,1\n", "line 2: not a place or not a time"),
        (HEADING + "0,95,100.5,1\n", "line 2: not a place or not a time"),
        (HEADING + "inf,25.8,100.5,1\n", "line 2: not a place or not a time"),
        (HEADING + "5,25.8,100.5,1\n5,25.9,100.5,1\n", "the seconds do not increase"),
    ],
)
def test_a_broken_file_is_refused_with_the_line_that_is_wrong(text, message):
    with pytest.raises(ValueError, match=message):
        read_recording(text)


@given(st.text())
def test_any_text_is_a_recording_or_a_plain_refusal(text):
    try:
        assert read_recording(text) == []
    except ValueError as refusal:
        assert "line" in str(refusal) or "seconds" in str(refusal)


@pytest.mark.parametrize("name", ["around-visnjan-with-car.csv", "cerknicko-jezero.csv"])
@pytest.mark.parametrize("turn", [0, 90, 200])
def test_a_drive_from_istria_laid_down_in_binchuan_keeps_its_metres_and_pauses(name, turn):
    there = read_recording((TRACKS / name).read_text(encoding="utf-8"))
    here = shifted(there, BINCHUAN, turn)
    assert here[0].position == BINCHUAN
    assert [point.seconds for point in here] == [point.seconds for point in there]
    for (old, old_next), (new, new_next) in zip(pairwise(there), pairwise(here), strict=True):
        expected = distance_m(old.position, old_next.position)
        assert distance_m(new.position, new_next.position) == pytest.approx(expected, rel=0.002, abs=0.01)


def test_a_turn_of_90_degrees_sends_a_way_north_to_the_east():
    north = [RecordedPoint(0, Position(14.0, 45.0)), RecordedPoint(10, Position(14.0, 45.01))]
    turned = shifted(north, BINCHUAN, 90)
    assert heading_between(turned[0].position, turned[1].position) == pytest.approx(90, abs=0.01)
    assert metres_from(BINCHUAN, turned[1].position)[0] == pytest.approx(1112, abs=1)


def test_an_empty_recording_stays_empty():
    assert shifted([], BINCHUAN) == []
