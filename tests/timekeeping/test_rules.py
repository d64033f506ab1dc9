"""What may be believed of the server's clock: satellites, the kernel, and jumps; over 2 seconds warns, over 30 doubts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.timekeeping.rules import (
    Estimate,
    KernelClock,
    Level,
    Reading,
    SatelliteWindow,
    Verdict,
    behind_the_log,
    estimate,
    step_between,
    verdict,
    worst,
)

NINE = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
KEPT = KernelClock(synchronised=True, max_error_s=0.04, estimated_error_s=0.001)
LOOSE = KernelClock(synchronised=False, max_error_s=16.0, estimated_error_s=16.0)


def test_of_each_phone_the_quickest_report_counts_and_of_the_phones_the_middle_one():
    found = estimate({"a": [5.0, 0.4, 90.0], "b": [0.6], "c": [0.5, 3.0]})
    assert found == Estimate(0.5, 3)


def test_two_phones_accuse_no_server():
    assert estimate({"a": [-40.0], "b": [-40.0]}) is None
    assert estimate({"a": [-40.0], "b": [-40.0], "c": []}) is None


def test_one_phone_with_a_wrong_clock_changes_little():
    assert estimate({"a": [0.5], "b": [0.7], "c": [-86_400.0]}) == Estimate(0.5, 3)
    assert estimate({"a": [0.5], "b": [0.7], "c": [86_400.0]}) == Estimate(0.7, 3)


@given(
    error=st.floats(-600, 600),
    delays=st.lists(st.lists(st.floats(0, 60), min_size=1, max_size=5), min_size=3, max_size=9),
)
def test_the_way_only_makes_a_lag_larger_so_a_server_behind_is_never_called_worse_than_it_is(error, delays):
    found = estimate({str(number): [error + delay for delay in one] for number, one in enumerate(delays)})
    assert found is not None
    assert found.offset_s >= error


@pytest.mark.parametrize(
    ("kernel", "offset", "level"),
    [
        (KEPT, None, Level.KEPT),
        (LOOSE, None, Level.UNVERIFIED),
        (None, None, Level.UNVERIFIED),
        (KernelClock(True, 2.0, 0.1), None, Level.KEPT),
        (KernelClock(True, 2.001, 0.1), None, Level.UNVERIFIED),
        (LOOSE, 0.4, Level.KEPT),  # satellites vouch for it
        (LOOSE, 2.0, Level.KEPT),
        (LOOSE, 2.001, Level.OFF),
        (KEPT, 2.001, Level.KEPT),  # a slow network looks like a server ahead
        (KEPT, -2.0, Level.KEPT),
        (KEPT, -2.001, Level.OFF),  # nothing looks like a server behind
        (KEPT, 30.0, Level.KEPT),
        (KEPT, 30.001, Level.WRONG),
        (KEPT, -30.001, Level.WRONG),
        (LOOSE, -30.0, Level.OFF),
    ],
)
def test_over_2_seconds_warns_and_over_30_doubts(kernel, offset, level):
    satellites = None if offset is None else Estimate(offset, 3)
    assert verdict(kernel, satellites) == Verdict(level, offset)


@pytest.mark.parametrize(
    ("wall_went", "time_went", "jump"),
    [(1.0, 1.0, None), (3.0, 1.0, None), (3.001, 1.0, 2.001), (-1.001, 1.0, -2.001), (-3599.0, 1.0, -3600.0)],
)
def test_a_jump_is_what_the_wall_clock_went_beyond_time(wall_went, time_went, jump):
    step = step_between(Reading(NINE, 100.0), Reading(NINE + timedelta(seconds=wall_went), 100.0 + time_went))
    assert (None if step is None else step.offset_s) == jump


def test_a_jump_says_what_the_clock_should_have_said():
    step = step_between(Reading(NINE, 5.0), Reading(NINE - timedelta(hours=1), 65.0))
    assert step is not None
    assert (step.before, step.after) == (NINE + timedelta(minutes=1), NINE - timedelta(hours=1))


def test_a_server_earlier_than_its_own_log_was_set_back_while_nobody_looked():
    assert behind_the_log(NINE, NINE + timedelta(seconds=2)) is None
    assert behind_the_log(NINE, None) is None
    step = behind_the_log(NINE, NINE + timedelta(minutes=5))
    assert step is not None
    assert step.offset_s == -300.0


def test_the_window_forgets_what_is_older_than_ten_minutes_and_counts_a_fix_once():
    window = SatelliteWindow()
    for device in ("a", "b", "c"):
        window.add(device, NINE, -40.0, elapsed=0.0)
        window.add(device, NINE, 7.0, elapsed=1.0)
    assert window.estimate(600.0) == Estimate(-40.0, 3)
    assert window.estimate(600.1) is None
    window.add("a", NINE, 1.0, elapsed=601.0)
    window.forget()
    assert window.estimate(601.0) is None


def test_of_several_machines_the_worst_counts_and_silence_is_unverified():
    assert worst([Level.KEPT, Level.OFF, Level.UNVERIFIED]) == Level.OFF
    assert worst([]) == Level.UNVERIFIED
