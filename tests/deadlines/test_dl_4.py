"""DL-4(2) 统一快速查询和控制；DL-4(3) 建立快速反应机制，组建快速反应力量: no number is printed, so ours are targets.

A team leaves within 30 minutes in working time and an hour otherwise; a check is arranged within two working days.
"""

import pytest


@pytest.mark.parametrize(
    ("received_at", "due_at"),
    [
        ("2026-03-03 09:00:00", "2026-03-03 09:30:00"),
        ("2026-03-03 17:29:59", "2026-03-03 17:59:59"),
        ("2026-03-03 17:30:00", "2026-03-03 18:30:00"),
        ("2026-03-03 12:15:00", "2026-03-03 13:15:00"),  # lunch
        ("2026-10-07 10:00:00", "2026-10-07 11:00:00"),  # National Day holiday
        ("2026-10-10 10:00:00", "2026-10-10 10:30:00"),  # make-up Saturday
    ],
)
def test_dl_4_3_an_urgent_lead_has_30_minutes_or_an_hour(due, at, received_at, due_at):
    clock = due("C4", received_at, rulebook="dali_2014")
    assert (clock.due_at, clock.clause) == (at(due_at), "DL-4(3)")
    assert (clock.kind, clock.record) == ("target", None)


@pytest.mark.parametrize(
    ("received_at", "midnight_after"),
    [
        ("2026-03-03 09:00", "2026-03-06 00:00"),
        ("2026-02-13 16:00", "2026-02-25 00:00"),  # Friday: make-up Saturday, then Tuesday 24th
        ("2026-10-07 10:00", "2026-10-10 00:00"),  # last holiday: Thursday, Friday
    ],
)
def test_dl_4_2_a_check_is_arranged_within_two_working_days(due, at, received_at, midnight_after):
    clock = due("C5", received_at, rulebook="dali_2014")
    assert (clock.due_at, clock.clause) == (at(midnight_after), "DL-4(2)")
    assert (clock.kind, clock.record) == ("target", None)
