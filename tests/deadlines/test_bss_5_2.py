"""BSS-5(2) 值班干警接到报案电话后，必须对报案内容进行书面登记，并立即向执行指挥中心领导汇报。

"At once" prints no number: ten minutes from the call are the project's own target, which alerts and accuses nobody.
"""

import pytest


@pytest.mark.parametrize(
    ("received_at", "due_at"),
    [
        ("2026-03-03 09:00:00", "2026-03-03 09:10:00"),  # Tuesday morning
        ("2026-03-03 12:15:00", "2026-03-03 12:25:00"),  # lunch
        ("2026-03-03 23:55:00", "2026-03-04 00:05:00"),  # over midnight
        ("2026-10-07 10:00:00", "2026-10-07 10:10:00"),  # National Day holiday
        ("2026-10-10 17:29:50", "2026-10-10 17:39:50"),  # make-up Saturday, at the close
    ],
)
def test_the_leader_hears_within_ten_minutes_at_any_hour(due, at, received_at, due_at):
    clock = due("C2", received_at)
    assert (clock.due_at, clock.regime, clock.provisional) == (at(due_at), None, False)
    assert (clock.clause, clock.kind, clock.limit_seconds) == ("BSS-5(2)", "target", 600)


@pytest.mark.parametrize(
    ("reported_at", "state"),
    [
        ("2026-03-03 09:04:00", "met"),
        ("2026-03-03 09:10:00", "met"),
        ("2026-03-03 09:10:00.001", "breached"),
        ("2026-03-03 09:10:01", "breached"),
    ],
)
def test_exactly_ten_minutes_is_in_time(outcome, reported_at, state):
    assert outcome("C2", "2026-03-03 09:00:00", reported_at) == state


def test_the_desk_and_its_leader_are_warned_then_the_commander_and_nothing_is_put_down(due, at):
    clock = due("C2", "2026-03-03 09:00:00")
    assert [(one.at, [*one.tell]) for one in clock.warnings] == [
        (at("2026-03-03 09:05"), ["duty_officer", "duty_leader"])
    ]
    assert ([*clock.tell], clock.record) == (["duty_leader", "commander"], None)
