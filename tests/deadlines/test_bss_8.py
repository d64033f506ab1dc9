"""BSS-8: a team leaves within 30 minutes in working time, else 1 hour; written feedback within 30 minutes."""

import pytest


@pytest.mark.parametrize(
    ("served_at", "due_at", "regime"),
    [
        ("2026-03-03 09:00", "2026-03-03 09:30", "working"),
        ("2026-03-03 08:29:59", "2026-03-03 09:29:59", "off_hours"),
        ("2026-03-03 08:30:00", "2026-03-03 09:00:00", "working"),
        ("2026-03-03 12:15", "2026-03-03 13:15", "off_hours"),  # lunch is outside the 8 working hours
        ("2026-03-03 17:29:59", "2026-03-03 17:59:59", "working"),  # the start alone decides
        ("2026-03-03 17:30:00", "2026-03-03 18:30:00", "off_hours"),
        ("2026-02-13 16:00", "2026-02-13 16:30", "working"),
        ("2026-10-10 10:00", "2026-10-10 10:30", "working"),  # make-up Saturday
        ("2026-10-07 10:00", "2026-10-07 11:00", "holiday"),  # National Day
        ("2026-09-20 09:00", "2026-09-20 09:30", "working"),  # make-up Sunday
        ("2026-09-25 09:00", "2026-09-25 10:00", "holiday"),  # Mid-Autumn
        ("2026-03-07 10:00", "2026-03-07 11:00", "holiday"),  # an ordinary Saturday
        ("2026-12-31 16:00", "2026-12-31 16:30", "working"),
    ],
)
def test_a_superiors_directive_has_30_minutes_in_working_time_and_an_hour_otherwise(
    due, at, served_at, due_at, regime
):
    clock = due("C6", served_at)
    assert clock.due_at == at(due_at)
    assert clock.regime == regime
    assert (clock.clause, clock.kind) == ("BSS-8", "rule")
    assert not clock.provisional


def test_a_directive_served_in_2027_is_provisional_until_the_calendar_is_published(due):
    assert due("C6", "2027-01-04 09:00").provisional


@pytest.mark.parametrize(
    ("served_at", "left_at", "state"),
    [
        ("2026-03-03 09:00:00", "2026-03-03 09:29:59", "met"),
        ("2026-03-03 09:00:00", "2026-03-03 09:30:00", "met"),
        ("2026-03-03 09:00:00", "2026-03-03 09:30:01", "breached"),
        ("2026-10-07 10:00:00", "2026-10-07 11:00:00", "met"),
        ("2026-10-07 10:00:00", "2026-10-07 11:00:01", "breached"),
        ("2026-10-10 10:00:00", "2026-10-10 10:30:00", "met"),
        ("2026-10-10 10:00:00", "2026-10-10 10:30:01", "breached"),
    ],
)
def test_a_team_is_on_time_at_the_limit_and_late_one_second_after(outcome, served_at, left_at, state):
    assert outcome("C6", served_at, left_at) == state


@pytest.mark.parametrize(
    "completed_at", ["2026-03-03 09:00", "2026-03-03 23:50", "2026-10-07 10:00", "2026-10-10 10:00"]
)
def test_written_feedback_has_30_minutes_at_any_hour_of_any_day(due, at, completed_at):
    clock = due("C7", completed_at)
    assert (clock.due_at - at(completed_at)).total_seconds() == 30 * 60
    assert (clock.clause, clock.kind, clock.regime) == ("BSS-8", "rule", None)


def test_feedback_does_not_depend_on_an_unpublished_calendar(due):
    assert not due("C7", "2027-02-05 10:00").provisional


@pytest.mark.parametrize(
    ("submitted_at", "state"),
    [
        ("2026-03-03 11:25:00", "met"),
        ("2026-03-03 11:30:00", "met"),
        ("2026-03-03 11:30:01", "breached"),
    ],
)
def test_feedback_is_on_time_up_to_and_at_30_minutes_and_late_one_second_after(outcome, submitted_at, state):
    assert outcome("C7", "2026-03-03 11:00:00", submitted_at) == state
