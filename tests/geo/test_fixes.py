"""Which fixes are believed, which are the same one, and which is the last known whatever the order."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.fixes import (
    MAX_ACCURACY_M,
    MAX_AGE,
    MAX_AHEAD,
    Fix,
    FixFault,
    FixRejectedError,
    checked,
    duplicate_key,
    fault_of,
    last_known,
    later,
    without_duplicates,
)

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LI_MIN = Fix(fixed_at=NOON, longitude=100.575, latitude=25.83, accuracy_m=8.0)

any_number = st.floats() | st.none()
any_fix = st.builds(
    Fix,
    fixed_at=st.integers(-1000, 1000).map(lambda hours: NOON + timedelta(hours=hours)),
    longitude=st.floats(),
    latitude=st.floats(),
    accuracy_m=any_number,
    altitude_m=any_number,
    speed_m_s=any_number,
    heading=any_number,
    battery_percent=any_number,
)
few_fixes = st.lists(
    st.builds(
        Fix,
        fixed_at=st.sampled_from([NOON, NOON + timedelta(seconds=1), NOON + timedelta(seconds=2)]),
        longitude=st.sampled_from([100.1, 100.2]),
        latitude=st.just(25.8),
        accuracy_m=st.sampled_from([None, 5.0, 50.0]),
        battery_percent=st.sampled_from([None, 60.0]),
    ),
    max_size=6,
)


def test_an_ordinary_fix_of_officer_li_is_stored_as_it_is():
    assert checked(LI_MIN, NOON) == LI_MIN


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"longitude": math.nan}, FixFault.NOT_A_NUMBER),
        ({"latitude": math.inf}, FixFault.NOT_A_NUMBER),
        ({"latitude": 90.5}, FixFault.OUT_OF_RANGE),
        ({"longitude": -180.5}, FixFault.OUT_OF_RANGE),
        ({"longitude": 0.0, "latitude": 0.0}, FixFault.NULL_ISLAND),
        ({"longitude": -0.004, "latitude": 0.009}, FixFault.NULL_ISLAND),
        ({"fixed_at": NOON + MAX_AHEAD + timedelta(seconds=1)}, FixFault.IN_THE_FUTURE),
        ({"fixed_at": NOON - MAX_AGE - timedelta(seconds=1)}, FixFault.TOO_OLD),
        ({"fixed_at": datetime(1970, 1, 1, tzinfo=UTC)}, FixFault.TOO_OLD),
        ({"accuracy_m": MAX_ACCURACY_M + 1}, FixFault.TOO_COARSE),
    ],
)
def test_a_fix_that_cannot_be_believed_is_refused_with_its_reason(change, fault):
    with pytest.raises(FixRejectedError) as refusal:
        checked(replace(LI_MIN, **change), NOON)
    assert refusal.value.fault is fault


def test_the_limits_themselves_are_still_believed():
    assert fault_of(replace(LI_MIN, fixed_at=NOON + MAX_AHEAD), NOON) is None
    assert fault_of(replace(LI_MIN, fixed_at=NOON - MAX_AGE), NOON) is None
    assert fault_of(replace(LI_MIN, accuracy_m=MAX_ACCURACY_M), NOON) is None
    assert fault_of(replace(LI_MIN, longitude=0.0), NOON) is None


def test_minus_one_for_unknown_speed_and_heading_becomes_unknown_and_the_place_is_kept():
    told = replace(
        LI_MIN, speed_m_s=-1.0, heading=-1.0, battery_percent=-1.0, accuracy_m=-1.0, altitude_m=math.nan
    )
    kept = checked(told, NOON)
    assert (kept.longitude, kept.latitude, kept.fixed_at) == (100.575, 25.83, NOON)
    assert (kept.speed_m_s, kept.heading, kept.battery_percent) == (None, None, None)
    assert (kept.accuracy_m, kept.altitude_m) == (None, None)


def test_a_heading_of_360_is_north():
    assert checked(replace(LI_MIN, heading=360.0), NOON).heading == 0


@given(any_fix)
def test_whatever_a_device_sends_is_either_refused_or_wholly_plausible(fix):
    if fault_of(fix, NOON) is not None:
        with pytest.raises(FixRejectedError):
            checked(fix, NOON)
        return
    kept = checked(fix, NOON)
    assert kept.accuracy_m is None or 0 <= kept.accuracy_m <= MAX_ACCURACY_M
    assert kept.heading is None or 0 <= kept.heading < 360
    assert kept.battery_percent is None or 0 <= kept.battery_percent <= 100
    assert kept.speed_m_s is None or 0 <= kept.speed_m_s <= 150
    assert checked(kept, NOON) == kept


def test_the_same_fix_resent_has_the_same_key_and_another_device_has_another():
    resent = replace(LI_MIN, fixed_at=NOON + timedelta(microseconds=300), battery_percent=50.0)
    assert duplicate_key("phone-li", LI_MIN) == duplicate_key("phone-li", resent)
    assert duplicate_key("phone-li", LI_MIN) != duplicate_key("phone-wang", LI_MIN)
    assert duplicate_key("phone-li", LI_MIN) != duplicate_key(
        "phone-li", replace(LI_MIN, fixed_at=NOON + timedelta(milliseconds=1))
    )


def test_of_fixes_resent_with_one_time_the_most_accurate_stays_and_the_rest_is_in_order():
    vague = replace(LI_MIN, accuracy_m=90.0)
    after = replace(LI_MIN, fixed_at=NOON + timedelta(minutes=1))
    assert without_duplicates("phone-li", [after, vague, LI_MIN, after]) == [LI_MIN, after]


def test_an_old_buffer_sent_late_does_not_move_the_last_known_place_back():
    buffered = replace(LI_MIN, fixed_at=NOON - timedelta(hours=1), longitude=100.2, accuracy_m=3.0)
    assert last_known([LI_MIN, buffered]) == LI_MIN
    assert last_known([buffered, LI_MIN]) == LI_MIN


def test_of_two_fixes_of_one_time_one_without_accuracy_loses():
    unknown = replace(LI_MIN, accuracy_m=None, longitude=100.9)
    assert later(unknown, LI_MIN) == LI_MIN


def test_without_a_fix_nothing_is_known():
    assert last_known([]) is None


@given(few_fixes, st.randoms(use_true_random=False))
def test_the_last_known_place_does_not_depend_on_the_order_of_arrival(fixes, chance):
    reordered = list(fixes)
    chance.shuffle(reordered)
    assert last_known(reordered) == last_known(fixes)
    assert without_duplicates("phone-li", reordered) == without_duplicates("phone-li", fixes)
    halves = [last_known(fixes[:3]), last_known(fixes[3:])]
    assert last_known(fix for fix in halves if fix) == last_known(fixes)
