"""A clock's state from its facts: strict breach, silent phones, orders withdrawn, in any order of arrival."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.deadlines.rules import ClockState, clock_state

DUE = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def state(now=DUE, *, stopped_at=None, cancelled_at=None, silent=False):
    return clock_state(
        due_at=DUE, now=now, stopped_at=stopped_at, cancelled_at=cancelled_at, could_still_disprove=silent
    )


def test_a_clock_nobody_stopped_runs_up_to_and_at_its_limit():
    assert state(DUE - SECOND) == ClockState.RUNNING
    assert state(DUE) == ClockState.RUNNING


def test_a_clock_nobody_stopped_is_breached_one_second_after_its_limit():
    assert state(DUE + SECOND) == ClockState.BREACHED


def test_while_a_phone_that_could_disprove_it_is_silent_the_breach_is_unconfirmed():
    assert state(DUE + SECOND, silent=True) == ClockState.UNCONFIRMED


def test_a_silent_phone_changes_nothing_before_the_limit():
    assert state(DUE, silent=True) == ClockState.RUNNING


def test_a_departure_on_time_that_arrives_hours_late_meets_the_clock():
    assert state(DUE + timedelta(hours=6), stopped_at=DUE) == ClockState.MET
    assert state(DUE + timedelta(hours=6), stopped_at=DUE - SECOND, silent=True) == ClockState.MET


def test_a_late_departure_is_a_breach():
    assert state(DUE + 2 * SECOND, stopped_at=DUE + SECOND) == ClockState.BREACHED


def test_a_late_departure_stays_unconfirmed_while_a_silent_phone_may_hold_an_earlier_one():
    assert state(DUE + 2 * SECOND, stopped_at=DUE + SECOND, silent=True) == ClockState.UNCONFIRMED


def test_an_order_withdrawn_before_its_limit_is_cancelled_for_good():
    assert state(DUE + timedelta(days=1), cancelled_at=DUE) == ClockState.CANCELLED


def test_an_order_withdrawn_after_its_limit_stays_breached():
    assert state(DUE + timedelta(days=1), cancelled_at=DUE + SECOND) == ClockState.BREACHED


def test_a_team_that_had_left_before_the_order_was_withdrawn_has_met_it():
    assert state(stopped_at=DUE - 2 * SECOND, cancelled_at=DUE - SECOND) == ClockState.MET


def test_a_departure_after_the_withdrawal_does_not_count():
    assert state(stopped_at=DUE - SECOND, cancelled_at=DUE - 2 * SECOND) == ClockState.CANCELLED
    assert (
        state(DUE + SECOND, stopped_at=DUE + 3 * SECOND, cancelled_at=DUE + 2 * SECOND) == ClockState.BREACHED
    )


instants = st.integers(-5000, 5000).map(lambda milliseconds: DUE + timedelta(milliseconds=milliseconds))


@given(now=instants, stopped=instants, silent=st.booleans())
def test_a_stopped_clock_never_runs_and_is_met_exactly_when_stopped_by_its_limit(now, stopped, silent):
    outcome = state(now, stopped_at=stopped, silent=silent)
    assert outcome != ClockState.RUNNING
    assert (outcome == ClockState.MET) == (stopped <= DUE)


@given(now=instants, later=instants, stopped=st.none() | instants, cancelled=st.none() | instants)
def test_once_no_phone_is_silent_a_breach_never_heals_by_time_alone(now, later, stopped, cancelled):
    if state(now, stopped_at=stopped, cancelled_at=cancelled) == ClockState.BREACHED and later >= now:
        assert state(later, stopped_at=stopped, cancelled_at=cancelled) == ClockState.BREACHED


@pytest.mark.parametrize("silent", [True, False])
def test_an_early_departure_outweighs_every_later_one(silent):
    assert state(DUE + SECOND, stopped_at=min(DUE - SECOND, DUE + SECOND), silent=silent) == ClockState.MET
