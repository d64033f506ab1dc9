"""BSS-7(2): for a lead that needs no immediate action, people are assigned within two working days."""

import pytest


@pytest.mark.parametrize(
    ("received_at", "midnight_after"),
    [
        ("2026-03-03 09:00", "2026-03-06 00:00"),  # Tuesday: Wednesday, Thursday
        ("2026-03-03 12:15", "2026-03-06 00:00"),  # the hour of the call does not matter
        ("2026-03-03 23:59:59", "2026-03-06 00:00"),
        ("2026-02-13 16:00", "2026-02-25 00:00"),  # Friday: make-up Saturday, then Tuesday 24th
        ("2026-10-10 10:00", "2026-10-14 00:00"),  # make-up Saturday: Monday, Tuesday
        ("2026-10-07 10:00", "2026-10-10 00:00"),  # last holiday: Thursday, Friday
        ("2026-09-20 09:00", "2026-09-23 00:00"),  # make-up Sunday: Monday, Tuesday
        ("2026-09-25 09:00", "2026-09-30 00:00"),  # Mid-Autumn Friday: Monday, Tuesday
        ("2026-10-08 09:00", "2026-10-11 00:00"),  # Thursday: Friday, make-up Saturday
    ],
)
def test_the_second_working_day_ends_at_midnight_and_the_day_of_the_lead_is_not_counted(
    due, at, received_at, midnight_after
):
    clock = due("C5", received_at)
    assert clock.due_at == at(midnight_after)
    assert not clock.provisional


def test_the_deadline_shows_its_clause_and_counts_in_days(due):
    clock = due("C5", "2026-03-03 09:00")
    assert (clock.clause, clock.kind) == ("BSS-7(2)", "rule")
    assert (clock.working_days, clock.limit_seconds, clock.regime) == (2, None, None)


def test_an_officer_who_accepts_within_two_days_is_on_time(outcome):
    assert outcome("C5", "2026-03-03 09:00", "2026-03-05 17:45") == "met"


def test_an_officer_who_accepts_exactly_at_24_00_of_the_second_day_is_on_time(outcome):
    assert outcome("C5", "2026-03-03 09:00", "2026-03-06 00:00:00") == "met"


def test_an_officer_who_accepts_one_second_after_the_second_day_is_late(outcome):
    assert outcome("C5", "2026-03-03 09:00", "2026-03-06 00:00:01") == "breached"


def test_a_lead_of_the_last_day_of_2026_is_due_after_new_year_and_only_provisionally(due, at):
    clock = due("C5", "2026-12-31 16:00")
    assert clock.due_at == at("2027-01-06 00:00")  # Friday 1st is New Year; Monday 4th, Tuesday 5th
    assert clock.provisional


def test_a_lead_of_29_december_2026_never_leaves_the_published_year(due, at):
    clock = due("C5", "2026-12-29 16:00")
    assert clock.due_at == at("2027-01-01 00:00")
    assert not clock.provisional
