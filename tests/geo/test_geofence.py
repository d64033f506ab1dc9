"""Arrival and departure (A7) judged with the accuracy of the phone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coordinates import Position
from geo.fixes import Fix
from geo.geofence import (
    Circle,
    Side,
    arrival,
    arrival_circle,
    departure,
    departure_mismatch,
    side,
)
from geo.sphere import distance_m, moved

HOUSE_OF_THE_DEBTOR = Position(100.575, 25.83)
HOME_OF_OFFICER_LI = Position(100.601, 25.79)
ORDERED_AT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def seen(minutes: float, origin: Position, metres_east: float, accuracy_m: float | None = 8.0) -> Fix:
    place = moved(origin, metres_east, 0.0)
    return Fix(
        fixed_at=ORDERED_AT + timedelta(minutes=minutes),
        longitude=place.longitude,
        latitude=place.latitude,
        accuracy_m=accuracy_m,
    )


def at_the_house(minutes: float, metres_east: float, accuracy_m: float | None = 8.0) -> Fix:
    return seen(minutes, HOUSE_OF_THE_DEBTOR, metres_east, accuracy_m)


def from_home(minutes: float, metres_east: float, accuracy_m: float | None = 8.0) -> Fix:
    return seen(minutes, HOME_OF_OFFICER_LI, metres_east, accuracy_m)


DOOR = Circle(HOUSE_OF_THE_DEBTOR, 100.0)


@pytest.mark.parametrize(
    ("metres", "accuracy_m", "where"),
    [
        (50, 8, Side.INSIDE),
        (91, 8, Side.INSIDE),
        (95, 8, Side.UNSURE),
        (105, 8, Side.UNSURE),
        (109, 8, Side.OUTSIDE),
        (10, 200, Side.UNSURE),
        (40, None, Side.INSIDE),
        (60, None, Side.UNSURE),
    ],
)
def test_the_accuracy_of_the_phone_decides_what_can_be_said(metres, accuracy_m, where):
    assert side(at_the_house(0, metres, accuracy_m), DOOR) is where


def test_team_wang_arrives_with_the_first_sure_fix_although_fixes_come_in_disorder():
    way = [at_the_house(3, 20), at_the_house(0, 3000), at_the_house(2, 60), at_the_house(1, 1200)]
    assert arrival(way, DOOR) == at_the_house(2, 60)


def test_driving_past_with_a_vague_phone_is_no_arrival():
    way = [at_the_house(0, 500, 60), at_the_house(1, 80, 60), at_the_house(2, 500, 60)]
    assert arrival(way, DOOR) is None


def test_two_probable_fixes_in_a_row_are_an_arrival():
    way = [at_the_house(0, 500, 60), at_the_house(1, 80, 60), at_the_house(2, 70, 60)]
    assert arrival(way, DOOR) == at_the_house(2, 70, 60)


def test_a_phone_that_is_vaguer_than_the_circle_is_wide_never_arrives():
    assert arrival([at_the_house(i, 10, 250) for i in range(5)], DOOR) is None


def test_a_place_known_to_half_a_kilometre_only_has_a_wider_circle():
    roughly = arrival_circle(HOUSE_OF_THE_DEBTOR, place_accuracy_m=500)
    assert arrival([at_the_house(0, 550)], roughly) == at_the_house(0, 550)
    assert arrival([at_the_house(0, 550)], arrival_circle(HOUSE_OF_THE_DEBTOR)) is None


def test_nobody_has_arrived_without_a_fix():
    assert arrival([], DOOR) is None


def test_officer_li_on_standby_leaves_home_and_only_the_distance_is_kept():
    left = departure([from_home(-2, 0), from_home(3, 90), from_home(6, 450), from_home(9, 3000)], ORDERED_AT)
    assert left is not None
    assert left.left_at == ORDERED_AT + timedelta(minutes=6)
    assert left.distance_m == pytest.approx(450, abs=1)
    assert not any(isinstance(getattr(left, name), Position) for name in left.__dataclass_fields__)


def test_two_hundred_metres_are_not_left_by_walking_to_the_car():
    assert departure([from_home(-2, 0), from_home(3, 150), from_home(6, 205)], ORDERED_AT) is None


def test_a_phone_that_only_found_itself_better_has_not_left():
    vague_at_first = from_home(-1, 0, accuracy_m=400)
    assert departure([vague_at_first, from_home(2, 350), from_home(3, 352)], ORDERED_AT) is None
    assert departure([vague_at_first, from_home(2, 700)], ORDERED_AT) is not None


def test_what_the_phone_did_before_the_order_is_no_departure():
    assert departure([from_home(-9, 5000), from_home(-1, 0), from_home(4, 10)], ORDERED_AT) is None


def test_without_a_fix_near_the_receipt_nothing_is_said():
    assert departure([from_home(-11, 0), from_home(30, 9000)], ORDERED_AT) is None
    assert departure([], ORDERED_AT) is None


def test_when_the_first_fix_comes_after_the_receipt_it_is_the_start():
    assert departure([from_home(4, 0), from_home(7, 600)], ORDERED_AT) is not None


@pytest.mark.parametrize(("minutes", "flagged"), [(0, False), (5, False), (5.1, True), (-5.1, True)])
def test_tap_and_leaving_more_than_five_minutes_apart_are_flagged(minutes, flagged):
    assert departure_mismatch(ORDERED_AT + timedelta(minutes=minutes), ORDERED_AT) is flagged


@given(st.floats(-3000, 3000), st.floats(0, 500), st.floats(1, 1000))
def test_a_sure_side_is_true_wherever_in_its_accuracy_the_phone_really_is(metres, accuracy_m, radius_m):
    circle = Circle(HOUSE_OF_THE_DEBTOR, radius_m)
    fix = at_the_house(0, metres, accuracy_m)
    where = side(fix, circle)
    for really_east in (-accuracy_m, 0.0, accuracy_m):
        really = moved(fix.position, really_east * 0.999, 0.0)
        if where is Side.INSIDE:
            assert distance_m(really, circle.centre) <= radius_m + 0.01
        if where is Side.OUTSIDE:
            assert distance_m(really, circle.centre) > radius_m - 0.01
