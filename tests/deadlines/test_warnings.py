"""What warns before a limit, whom it tells, and what a breach puts down (domain 1.4; A2): times as literals."""

import pytest

from backend.deadlines.rulebooks import parse_rulebook
from tests.deadlines.sample import one_clause


def told(clock):
    return [(one.at, [*one.tell]) for one in clock.warnings]


def test_bss_7_1_warns_the_responsible_officer_and_the_duty_leader_at_15_and_25_minutes(due, at):
    clock = due("C4", "2026-03-03 09:00:00")
    people = ["responsible", "duty_leader"]
    assert told(clock) == [(at("2026-03-03 09:15"), people), (at("2026-03-03 09:25"), people)]
    assert ([*clock.tell], clock.record) == (["commander"], "late_dispatch")


def test_at_night_the_thirty_minutes_of_article_7_pass_as_a_warning(due, at):
    clock = due("C4", "2026-03-03 20:00:00")
    passed = [(one.at, one.clause) for one in clock.warnings]
    assert passed == [(at("2026-03-03 20:30"), "BSS-7(1)"), (at("2026-03-03 20:50"), None)]


def test_a_court_that_keeps_article_7_at_night_is_warned_as_by_day(due, at):
    clock = due("C4", "2026-03-03 20:00:00", article_7_at_night=True)
    assert [one.at for one in clock.warnings] == [at("2026-03-03 20:15"), at("2026-03-03 20:25")]


@pytest.mark.parametrize(
    ("received_at", "close_of_day_1", "noon_of_day_2", "close_of_day_2"),
    [
        ("2026-03-03 09:00", "2026-03-04 17:30", "2026-03-05 12:00", "2026-03-05 17:30"),
        ("2026-02-13 16:00", "2026-02-14 17:30", "2026-02-24 12:00", "2026-02-24 17:30"),  # make-up Saturday
        ("2026-10-07 10:00", "2026-10-08 17:30", "2026-10-09 12:00", "2026-10-09 17:30"),  # last holiday
    ],
)
def test_bss_7_2_warns_at_the_close_of_the_first_day_and_at_noon_and_the_close_of_the_second(
    due, at, received_at, close_of_day_1, noon_of_day_2, close_of_day_2
):
    clock = due("C5", received_at)
    assert [one.at for one in clock.warnings] == [at(close_of_day_1), at(noon_of_day_2), at(close_of_day_2)]
    assert ([*clock.tell], clock.record) == (["commander"], "late_verification")


def test_bss_8_tells_the_issuer_too_when_a_superiors_order_is_late(due, at):
    clock = due("C6", "2026-03-03 12:15")
    assert [one.at for one in clock.warnings] == [at("2026-03-03 12:45"), at("2026-03-03 13:05")]
    assert ([*clock.tell], clock.record) == (["commander", "issuer"], "late_dispatch")


def test_bss_8_warns_whoever_owes_the_report_at_15_and_25_minutes(due, at):
    clock = due("C7", "2026-03-07 23:50")
    assert told(clock) == [
        (at("2026-03-08 00:05"), ["responsible"]),
        (at("2026-03-08 00:15"), ["responsible"]),
    ]
    assert ([*clock.tell], clock.record) == (["commander", "issuer"], "late_feedback")


@pytest.mark.parametrize("code", ["C4", "C5", "C6", "C7"])
def test_a_target_of_our_own_warns_and_accuses_nobody(due, code):
    clock = due(code, "2026-03-03 09:00", rulebook="dali_2014")
    assert clock.warnings
    assert clock.record is None


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("target", 'record = "late_dispatch"'),  # our own number may accuse nobody
        ("rule", 'record = "nothing_we_know"'),
        ("rule", "warnings = [{ minutes = 15, tell = [] }]"),
        ("rule", 'warnings = [{ minutes = 0, tell = ["commander"] }]'),
        ("rule", 'warnings = [{ minutes = -5, tell = ["commander"] }]'),
        ("rule", 'warnings = [{ tell = ["commander"] }]'),
        ("rule", 'warnings = [{ minutes = 15, working_day = 1, tell = ["commander"] }]'),
        ("rule", 'warnings = [{ minutes = 15, tell = ["the_press"] }]'),
        ("rule", 'warnings = [{ minutes = 15, tell = ["commander"], clause = "S-9" }]'),
    ],
)
def test_a_rulebook_with_an_impossible_warning_or_record_is_refused(kind, more):
    with pytest.raises(ValueError):
        parse_rulebook(one_clause(f"minutes = 30\n{more}", kind))


def test_a_warning_that_would_come_after_the_limit_is_left_out(due):
    clock = due("C6", "2026-03-03 09:00")
    assert all(one.at < clock.due_at for one in clock.warnings)
