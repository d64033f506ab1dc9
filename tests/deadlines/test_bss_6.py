"""BSS-6 值班人员应坚守岗位，确保通讯畅通，各种指令立即接听，超过15分钟视为脱岗。

The duty desk answers a directive within 15 minutes of its service, at any hour; 15:00 is on time.
"""

import pytest


@pytest.mark.parametrize(
    ("served_at", "due_at"),
    [
        ("2026-03-03 09:00:00", "2026-03-03 09:15:00"),  # Tuesday morning
        ("2026-03-03 12:15:00", "2026-03-03 12:30:00"),  # lunch
        ("2026-03-03 23:50:00", "2026-03-04 00:05:00"),  # over midnight
        ("2026-10-07 10:00:00", "2026-10-07 10:15:00"),  # National Day holiday
        ("2026-10-10 10:00:00", "2026-10-10 10:15:00"),  # make-up Saturday
        (
            "2026-12-31 23:59:00",
            "2027-01-01 00:14:00",
        ),  # into a year not yet published: no calendar decides it
    ],
)
def test_the_desk_has_15_minutes_at_any_hour(due, at, served_at, due_at):
    clock = due("C1", served_at)
    assert (clock.due_at, clock.regime, clock.provisional) == (at(due_at), None, False)
    assert (clock.clause, clock.kind, clock.limit_seconds) == ("BSS-6", "rule", 900)


def test_a_desk_that_answers_within_15_minutes_is_at_its_post(outcome):
    assert outcome("C1", "2026-03-03 09:00:00", "2026-03-03 09:07:30") == "met"


def test_a_desk_that_answers_exactly_at_15_minutes_is_at_its_post(outcome):
    assert outcome("C1", "2026-03-03 09:00:00", "2026-03-03 09:15:00.000") == "met"


@pytest.mark.parametrize("answered_at", ["2026-03-03 09:15:00.001", "2026-03-03 09:15:01"])
def test_a_desk_that_answers_later_counts_as_absent(outcome, answered_at):
    assert outcome("C1", "2026-03-03 09:00:00", answered_at) == "breached"


def test_first_the_desk_and_the_standby_are_warned_then_the_duty_leader(due, at):
    clock = due("C1", "2026-03-03 09:00:00")
    assert [(one.at, [*one.tell]) for one in clock.warnings] == [
        (at("2026-03-03 09:05"), ["duty_officer", "standby"]),
        (at("2026-03-03 09:10"), ["duty_leader"]),
    ]
    assert ([*clock.tell], clock.record) == (["commander", "liaison"], "absent_from_post")


def test_where_no_number_was_adopted_it_is_a_target_that_accuses_nobody(due, at):
    clock = due("C1", "2026-03-03 09:00:00", rulebook="dali_2014")
    assert (clock.due_at, clock.clause) == (at("2026-03-03 09:15"), "DL-10")
    assert (clock.kind, clock.record) == ("target", None)
