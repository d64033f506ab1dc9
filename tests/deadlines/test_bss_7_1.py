"""BSS-7(1): for an urgent lead a team leaves within 30 minutes of receiving the information."""

import pytest


def test_a_lead_heard_on_a_tuesday_morning_is_due_30_minutes_after_the_call(due, at):
    clock = due("C4", "2026-03-03 09:00")
    assert clock.due_at == at("2026-03-03 09:30")
    assert (clock.clause, clock.kind, clock.regime) == ("BSS-7(1)", "rule", "working")
    assert clock.limit_seconds == 1800


def test_a_team_that_leaves_within_the_30_minutes_is_on_time(outcome):
    assert outcome("C4", "2026-03-03 09:00:00", "2026-03-03 09:12:41") == "met"


def test_a_team_that_leaves_exactly_at_30_minutes_is_on_time(outcome):
    assert outcome("C4", "2026-03-03 09:00:00", "2026-03-03 09:30:00.000") == "met"


@pytest.mark.parametrize("left_at", ["2026-03-03 09:30:00.001", "2026-03-03 09:30:01"])
def test_a_team_that_leaves_later_than_30_minutes_is_late(outcome, left_at):
    assert outcome("C4", "2026-03-03 09:00:00", left_at) == "breached"


def test_a_lead_heard_on_a_make_up_saturday_has_30_minutes(due, at):
    assert due("C4", "2026-10-10 10:00").due_at == at("2026-10-10 10:30")


def test_a_lead_heard_at_night_has_the_hour_that_article_8_gives_and_shows_article_8(due, at):
    clock = due("C4", "2026-03-03 22:40")
    assert clock.due_at == at("2026-03-03 23:40")
    assert (clock.clause, clock.regime) == ("BSS-8", "off_hours")


def test_a_lead_heard_on_a_holiday_has_one_hour(due, at):
    assert due("C4", "2026-10-07 10:00").due_at == at("2026-10-07 11:00")


def test_a_court_that_keeps_article_7_at_night_has_30_minutes_and_shows_article_7(due, at):
    clock = due("C4", "2026-03-03 22:40", article_7_at_night=True)
    assert clock.due_at == at("2026-03-03 23:10")
    assert (clock.clause, clock.regime) == ("BSS-7(1)", "off_hours")


def test_keeping_article_7_at_night_changes_nothing_for_a_superiors_directive(due, at):
    assert due("C6", "2026-03-03 22:40", article_7_at_night=True).due_at == at("2026-03-03 23:40")


def test_a_call_just_before_midnight_of_the_last_working_day_ends_in_the_holiday(due, at):
    clock = due("C4", "2026-09-30 23:59:59")
    assert clock.due_at == at("2026-10-01 00:59:59")
    assert clock.regime == "off_hours"
