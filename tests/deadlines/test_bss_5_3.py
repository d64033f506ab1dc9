"""BSS-5(3) 在接到执行指挥中心执行指令后，立即以指挥中心名义向执行快速反应执行小组发出执行指令。

"At once" prints no number: five minutes from the leader's decision are the project's own target.
"""

import pytest


@pytest.mark.parametrize(
    ("decided_at", "due_at"),
    [
        ("2026-03-03 09:00:00", "2026-03-03 09:05:00"),  # Tuesday morning
        ("2026-03-03 12:28:00", "2026-03-03 12:33:00"),  # lunch
        ("2026-03-03 23:58:00", "2026-03-04 00:03:00"),  # over midnight
        ("2026-10-07 10:00:00", "2026-10-07 10:05:00"),  # National Day holiday
        ("2026-10-10 17:29:50", "2026-10-10 17:34:50"),  # make-up Saturday
    ],
)
def test_the_order_goes_out_within_five_minutes_at_any_hour(due, at, decided_at, due_at):
    clock = due("C3", decided_at)
    assert (clock.due_at, clock.regime, clock.provisional) == (at(due_at), None, False)
    assert (clock.clause, clock.kind, clock.limit_seconds) == ("BSS-5(3)", "target", 300)


@pytest.mark.parametrize(
    ("issued_at", "state"),
    [
        ("2026-03-03 09:02:00", "met"),
        ("2026-03-03 09:05:00", "met"),
        ("2026-03-03 09:05:00.001", "breached"),
        ("2026-03-03 09:05:01", "breached"),
    ],
)
def test_exactly_five_minutes_is_in_time(outcome, issued_at, state):
    assert outcome("C3", "2026-03-03 09:00:00", issued_at) == state


def test_the_desk_is_warned_then_the_commander_and_nothing_is_put_down(due, at):
    clock = due("C3", "2026-03-03 09:00:00")
    assert [(one.at, [*one.tell]) for one in clock.warnings] == [(at("2026-03-03 09:03"), ["duty_officer"])]
    assert ([*clock.tell], clock.record) == (["commander"], None)
