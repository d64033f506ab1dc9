"""DL-10: a lower court acts on a directive at once and reports promptly: no number, so only targets."""

import pytest

from backend.deadlines.rulebooks import rulebooks


def test_a_directive_under_the_dali_text_is_a_target_and_accuses_nobody(due, at):
    clock = due("C6", "2026-03-03 09:00", rulebook="dali_2014")
    assert clock.due_at == at("2026-03-03 09:30")
    assert (clock.clause, clock.kind) == ("DL-10", "target")


def test_at_night_and_on_holidays_the_target_is_one_hour(due, at):
    assert due("C6", "2026-03-03 22:00", rulebook="dali_2014").due_at == at("2026-03-03 23:00")
    assert due("C6", "2026-10-07 10:00", rulebook="dali_2014").due_at == at("2026-10-07 11:00")


def test_on_a_make_up_saturday_the_target_is_30_minutes(due, at):
    assert due("C6", "2026-10-10 10:00", rulebook="dali_2014").due_at == at("2026-10-10 10:30")


def test_the_report_of_completion_has_a_target_of_30_minutes(due, at):
    clock = due("C7", "2026-03-03 11:00", rulebook="dali_2014")
    assert clock.due_at == at("2026-03-03 11:30")
    assert (clock.clause, clock.kind) == ("DL-10", "target")


@pytest.mark.parametrize(("clock", "clause"), [("C4", "DL-4(3)"), ("C5", "DL-4(2)")])
def test_leads_run_under_the_items_on_quick_reaction_and_quick_control(due, clock, clause):
    assert due(clock, "2026-03-03 09:00", rulebook="dali_2014").clause == clause


def test_no_limit_of_the_dali_text_is_a_rule():
    assert {limit.kind for limit in rulebooks()["dali_2014"].limits} == {"target"}


@pytest.mark.parametrize(
    ("decided_at", "due_at"),
    [
        ("2026-03-03 09:00", "2026-03-03 09:05"),  # Tuesday morning
        ("2026-03-03 22:00", "2026-03-03 22:05"),  # night
        ("2026-10-07 10:00", "2026-10-07 10:05"),  # National Day holiday
        ("2026-10-10 10:00", "2026-10-10 10:05"),  # make-up Saturday
    ],
)
def test_what_the_leader_decided_goes_out_within_five_minutes_at_any_hour(due, at, decided_at, due_at):
    clock = due("C3", decided_at, rulebook="dali_2014")
    assert clock.due_at == at(due_at)
    assert (clock.clause, clock.kind, clock.record) == ("DL-10", "target", None)


@pytest.mark.parametrize(
    ("served_at", "due_at"),
    [
        ("2026-03-03 09:00", "2026-03-03 09:30"),  # Tuesday morning
        ("2026-03-03 22:00", "2026-03-03 22:30"),  # night
        ("2026-10-07 10:00", "2026-10-07 10:30"),  # National Day holiday
        ("2026-10-10 10:00", "2026-10-10 10:30"),  # make-up Saturday
    ],
)
def test_a_debtor_held_elsewhere_is_fetched_within_30_minutes_at_any_hour(due, at, served_at, due_at):
    clock = due("C8", served_at, rulebook="dali_2014")
    assert clock.due_at == at(due_at)
    assert (clock.clause, clock.kind, clock.record) == ("DL-10", "target", None)
