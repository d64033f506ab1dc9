"""BSS-10 案件被执行人被外地法院控制的，本院在接到上级法院指令之时起30分钟内起程赶往控制被执行人法院。

Thirty minutes at any hour (A10): a person is being held, and the hour of BSS-8 for nights and holidays does not apply.
"""

import pytest


@pytest.mark.parametrize(
    ("served_at", "due_at"),
    [
        ("2026-03-03 09:00:00", "2026-03-03 09:30:00"),  # Tuesday morning
        ("2026-03-03 12:15:00", "2026-03-03 12:45:00"),  # lunch
        ("2026-03-03 17:30:00", "2026-03-03 18:00:00"),  # the close of business
        ("2026-03-03 23:45:00", "2026-03-04 00:15:00"),  # night, over midnight
        ("2026-10-07 10:00:00", "2026-10-07 10:30:00"),  # National Day holiday
        ("2026-10-10 10:00:00", "2026-10-10 10:30:00"),  # make-up Saturday
        ("2026-12-31 23:50:00", "2027-01-01 00:20:00"),  # into a year not yet published
    ],
)
def test_people_set_off_within_30_minutes_at_any_hour(due, at, served_at, due_at):
    clock = due("C8", served_at)
    assert (clock.due_at, clock.regime, clock.provisional) == (at(due_at), None, False)
    assert (clock.clause, clock.kind, clock.limit_seconds) == ("BSS-10", "rule", 1800)


@pytest.mark.parametrize(
    ("departed_at", "state"),
    [
        ("2026-03-03 22:10:00", "met"),
        ("2026-03-03 22:30:00", "met"),
        ("2026-03-03 22:30:00.001", "breached"),
        ("2026-03-03 22:30:01", "breached"),
    ],
)
def test_exactly_30_minutes_is_on_time(outcome, departed_at, state):
    assert outcome("C8", "2026-03-03 22:00:00", departed_at) == state


def test_warned_as_other_departures_are_and_a_late_one_is_put_down(due, at):
    clock = due("C8", "2026-03-03 22:00:00")
    assert [(one.at, [*one.tell]) for one in clock.warnings] == [
        (at("2026-03-03 22:15"), ["responsible", "duty_leader"]),
        (at("2026-03-03 22:25"), ["responsible", "duty_leader"]),
    ]
    assert ([*clock.tell], clock.record) == (["commander", "issuer"], "late_dispatch")
