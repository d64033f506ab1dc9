"""Clocks in the database: one row each, the same record in whatever order acts arrive, every line kept."""

import threading
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from backend.core.permissions import SYSTEM
from backend.core.problems import Problem
from backend.core.tables import AuditEntry, OutboxEvent
from backend.deadlines import court_rules, service
from backend.deadlines.events import ClockBreached, ClockDisproved, ClockUnconfirmed
from backend.deadlines.tables import DeadlineClock

ORDER = "01900000-0000-7000-8000-000000000001"
OTHER_ORDER = "01900000-0000-7000-8000-000000000002"
RECORD = ("state", "stopped_at", "stopped_by", "breached_at", "cancelled_at", "due_at")


@pytest.fixture
def start_c6(centre):
    """Binchuan is served the order at 09:00 of a working Tuesday, and another order runs beside it."""

    def start(served_at="2026-03-03 09:00:00", order=ORDER):
        return centre.start("C6", order, served_at)

    start(order=OTHER_ORDER)
    return start


def record(row):
    return {name: getattr(row, name) for name in RECORD}


def test_an_order_served_to_binchuan_is_due_in_30_minutes_under_article_8(start_c6, at):
    row = start_c6()
    assert (row.clock, row.clause, row.kind, row.rulebook_id) == ("C6", "BSS-8", "rule", "bss_2017")
    assert (row.due_at, row.limit_seconds, row.regime) == (at("2026-03-03 09:30"), 1800, "working")
    assert (row.state, row.revision) == ("running", 1)


def test_serving_the_same_order_again_starts_no_second_clock(start_c6, centre, at):
    first = start_c6()
    again = start_c6("2026-03-03 09:05:00")
    assert again.id == first.id
    assert again.due_at == at("2026-03-03 09:30")
    assert centre.lines(ORDER) == ["clock.start"]


def test_two_servers_that_start_the_same_clock_at_once_leave_one(centre):
    together = threading.Barrier(2)
    ids = []

    def serve():
        together.wait()
        ids.append(centre.start("C6", ORDER, "2026-03-03 09:00:00").id)

    servers = [threading.Thread(target=serve) for _ in range(2)]
    for server in servers:
        server.start()
    for server in servers:
        server.join()
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert centre.lines(ORDER) == ["clock.start"]


def test_a_court_that_has_adopted_nothing_has_no_clock(centre):
    assert centre.start("C6", ORDER, "2026-03-03 09:00:00", court_id="changchun_forest") is None


def test_the_rulebook_in_force_at_the_start_rules_even_when_another_was_adopted_since(centre):
    before = centre.start("C6", ORDER, "2025-12-31 23:59:59", court_id="xiangyun")
    after = centre.start("C6", OTHER_ORDER, "2026-01-01 00:00:00", court_id="xiangyun")
    assert (before.rulebook_id, before.kind) == ("dali_2014", "target")
    assert (after.rulebook_id, after.kind) == ("bss_2017", "rule")


def test_a_court_that_keeps_article_7_at_night_has_30_minutes_for_an_urgent_lead(centre, at):
    centre.adopt("xiangyun", "bss_2017", date(2026, 3, 1), article_7_at_night=True)
    row = centre.start("C4", ORDER, "2026-03-03 22:00:00", court_id="xiangyun")
    assert (row.due_at, row.clause) == (at("2026-03-03 22:30"), "BSS-7(1)")


def test_summer_hours_that_binchuan_set_decide_the_limit(centre, at):
    centre.hours("binchuan", date(2026, 5, 1), "08:00-11:30,14:30-18:00")
    assert centre.start("C6", ORDER, "2026-06-03 17:45:00").due_at == at("2026-06-03 18:15")
    assert centre.start("C6", OTHER_ORDER, "2026-06-03 13:45:00").due_at == at("2026-06-03 14:45")


def test_a_team_that_leaves_at_exactly_30_minutes_meets_the_clock(start_c6, centre, at):
    start_c6()
    row = centre.stop(ORDER, "2026-03-03 09:30:00.000")
    assert (row.state, row.stopped_at, row.breached_at) == ("met", at("2026-03-03 09:30"), None)
    assert row.stopped_by == centre.officer.user_id


def test_a_team_that_leaves_one_second_late_breaches_it_as_of_the_limit(start_c6, centre, at):
    start_c6()
    row = centre.stop(ORDER, "2026-03-03 09:30:01")
    assert (row.state, row.breached_at) == ("breached", at("2026-03-03 09:30"))
    assert centre.events == [(ClockBreached, ORDER, "rule")]


def test_only_the_order_that_left_is_stopped(start_c6, centre):
    start_c6()
    centre.stop(ORDER, "2026-03-03 09:10:00")
    assert centre.row(OTHER_ORDER).state == "running"


def test_a_departure_that_arrives_after_the_breach_was_marked_meets_it_and_both_lines_stay(start_c6, centre):
    start_c6()
    centre.time("2026-03-03 09:31:00")
    centre.watch()
    assert centre.row(ORDER).state == "breached"
    row = centre.stop(ORDER, "2026-03-03 09:20:00", known_at="2026-03-03 11:00:00")
    assert (row.state, row.breached_at, row.detected_at) == ("met", None, None)
    assert centre.lines(ORDER) == ["clock.start", "clock.breach", "clock.stop", "clock.disproved"]
    assert centre.events_of(ORDER) == [ClockBreached, ClockDisproved]


@pytest.mark.parametrize("left_at", ["2026-03-03 09:20:00", "2026-03-03 09:30:00", "2026-03-03 09:40:00"])
def test_stop_and_breach_in_either_order_give_the_same_record(start_c6, centre, left_at):
    start_c6()
    centre.stop(ORDER, left_at, known_at="2026-03-03 10:00:00")
    centre.watch()
    centre.stop(OTHER_ORDER, left_at, known_at="2026-03-03 10:00:00")
    assert record(centre.row(ORDER)) == record(centre.row(OTHER_ORDER))


def test_the_same_departure_sent_twice_writes_one_line(start_c6, centre):
    start_c6()
    centre.stop(ORDER, "2026-03-03 09:12:00")
    revision = centre.row(ORDER).revision
    centre.stop(ORDER, "2026-03-03 09:12:00")
    assert centre.row(ORDER).revision == revision
    assert centre.lines(ORDER) == ["clock.start", "clock.stop"]


def test_the_first_member_to_leave_counts_even_if_heard_of_last(start_c6, centre, at):
    start_c6()
    centre.stop(ORDER, "2026-03-03 09:33:00")
    assert centre.row(ORDER).state == "breached"
    row = centre.stop(ORDER, "2026-03-03 09:27:00", known_at="2026-03-03 12:00:00")
    assert (row.state, row.stopped_at) == ("met", at("2026-03-03 09:27"))
    centre.stop(ORDER, "2026-03-03 09:33:00", known_at="2026-03-03 12:01:00")
    assert centre.row(ORDER).stopped_at == at("2026-03-03 09:27")


def test_an_order_withdrawn_in_time_is_cancelled_and_never_breached(start_c6, centre):
    start_c6()
    centre.cancel(ORDER, "2026-03-03 09:10:00")
    centre.time("2026-03-03 12:00:00")
    centre.watch()
    assert centre.row(ORDER).state == "cancelled"
    assert centre.row(OTHER_ORDER).state == "breached"


def test_an_order_withdrawn_after_its_limit_stays_breached_even_before_the_worker_saw_it(
    start_c6, centre, at
):
    start_c6()
    centre.cancel(ORDER, "2026-03-03 09:30:01")
    assert (centre.row(ORDER).state, centre.row(ORDER).breached_at) == ("breached", at("2026-03-03 09:30"))


def test_a_team_that_left_in_a_dead_zone_before_the_withdrawal_has_met_it(start_c6, centre):
    start_c6()
    centre.cancel(ORDER, "2026-03-03 09:15:00")
    row = centre.stop(ORDER, "2026-03-03 09:12:00", known_at="2026-03-03 10:00:00")
    assert row.state == "met"


def test_cancelling_names_one_clock_or_all_of_a_subject(centre):
    centre.start("C6", ORDER, "2026-03-03 09:00:00")
    centre.start("C7", ORDER, "2026-03-03 09:05:00")
    centre.cancel(ORDER, "2026-03-03 09:10:00", clock="C7")
    assert (centre.row(ORDER, "C6").state, centre.row(ORDER, "C7").state) == ("running", "cancelled")
    centre.cancel(ORDER, "2026-03-03 09:11:00")
    assert centre.row(ORDER, "C6").state == "cancelled"


def test_a_cancellation_taken_back_lets_the_clock_run_on_from_its_first_start(start_c6, centre, at):
    start_c6()
    centre.cancel(ORDER, "2026-03-03 09:10:00")
    start_c6("2026-03-03 09:12:00")
    assert centre.row(ORDER).state == "cancelled"
    row = centre.reopen(ORDER, "2026-03-03 09:15:00")
    assert (row.state, row.due_at, row.cancelled_at) == ("running", at("2026-03-03 09:30"), None)
    assert centre.lines(ORDER) == ["clock.start", "clock.cancel", "clock.reopen"]
    revision = row.revision
    assert centre.reopen(ORDER, "2026-03-03 09:16:00").revision == revision


def test_a_cancellation_taken_back_after_the_limit_is_a_breach(start_c6, centre):
    start_c6()
    centre.cancel(ORDER, "2026-03-03 09:10:00")
    assert centre.reopen(ORDER, "2026-03-03 09:45:00").state == "breached"
    assert centre.events_of(ORDER) == [ClockBreached]


def test_stopping_a_clock_that_never_ran_changes_nothing(centre):
    with centre.database.writing() as work:
        assert service.stop(work, "directive", ORDER, "C6", work.now, centre.officer) is None


def test_a_clock_learnt_of_after_its_limit_is_breached_at_once_with_both_lines(start_c6, centre, at):
    centre.time("2026-03-03 15:00:00")
    row = start_c6()
    assert (row.state, row.breached_at) == ("breached", at("2026-03-03 09:30"))
    assert row.detected_at == at("2026-03-03 15:00")
    assert centre.lines(ORDER) == ["clock.start", "clock.breach"]


def test_every_change_reaches_those_who_read_binchuans_clocks(start_c6, centre):
    row = start_c6()
    centre.stop(ORDER, "2026-03-03 09:12:00")
    with centre.database.reading() as work:
        sent = work.session.execute(
            select(OutboxEvent).where(OutboxEvent.subject_id == row.id).order_by(OutboxEvent.id)
        ).scalars()
        sent = [(event.kind, event.revision, event.rooms, event.data) for event in sent]
    assert [(kind, revision, rooms) for kind, revision, rooms, _ in sent] == [
        ("clock.changed", 1, ["clock.read@binchuan"]),
        ("clock.changed", 2, ["clock.read@binchuan"]),
    ]
    assert sent[1][3]["state"] == "met"
    assert sent[1][3]["stopped_at"] == "2026-03-03T01:12:00.000Z"


def test_a_stop_is_on_record_with_the_officer_and_the_time_it_happened(start_c6, centre, at):
    start_c6()
    centre.stop(ORDER, "2026-03-03 09:12:00", known_at="2026-03-03 10:40:00")
    with centre.database.reading() as work:
        line = work.session.execute(
            select(AuditEntry).where(AuditEntry.subject_id == ORDER, AuditEntry.action == "clock.stop")
        ).scalar_one()
        assert (line.actor_name, line.court_id) == ("李秋实", "binchuan")
        assert (line.occurred_at, line.recorded_at) == (at("2026-03-03 09:12"), at("2026-03-03 10:40"))
        assert (line.detail["clock"], line.detail["clause"]) == ("C6", "BSS-8")


@pytest.mark.parametrize(
    "impossible",
    [
        {"state": "met"},
        {"state": "breached"},
        {"state": "paused"},
        {"state": "cancelled"},
        {"clock": "C99"},
        {"working_days": 2},
        {"kind": "guess"},
    ],
)
def test_the_database_refuses_a_clock_that_cannot_be(start_c6, centre, impossible):
    row = start_c6()
    with pytest.raises(IntegrityError), centre.database.writing() as work:
        work.session.execute(update(DeadlineClock).where(DeadlineClock.id == row.id).values(**impossible))


def test_a_silent_phone_makes_a_late_stop_unconfirmed_until_it_is_heard(start_c6, centre):
    start_c6()
    centre.silent.add(ORDER)
    row = centre.stop(ORDER, "2026-03-03 09:33:00")
    assert (row.state, row.breached_at) == ("unconfirmed", None)
    centre.silent.clear()
    centre.watch("2026-03-03 09:33:05")
    assert centre.row(ORDER).state == "breached"
    assert centre.events_of(ORDER) == [ClockUnconfirmed, ClockBreached]


def test_a_rulebook_cannot_be_adopted_before_its_own_first_day_or_twice_on_one_day(centre):
    with pytest.raises(Problem, match=r"422\.1"):
        centre.adopt("xiangyun", "bss_2017", date(2017, 9, 30))
    with pytest.raises(Problem, match=r"422\.1"):
        centre.adopt("xiangyun", "nobody_wrote_this", date(2026, 1, 1))
    centre.adopt("xiangyun", "bss_2017", date(2026, 4, 1))
    with pytest.raises(Problem, match=r"409\.3"):
        centre.adopt("xiangyun", "dali_2014", date(2026, 4, 1))


@pytest.mark.parametrize("sessions", ["nine to five", "12:00-08:30", "08:30", ""])
def test_hours_nobody_can_work_are_refused(centre, sessions):
    with pytest.raises(Problem, match=r"422\.1"):
        centre.hours("binchuan", date(2026, 5, 1), sessions)


NOTICE = """
year = 2027
status = "published"
source = "二〇二七年放假安排（演练用）"
source_date = 2026-11-10
make_up_workdays = [2027-01-03]
[[holiday]]
name = { zh = "元旦", en = "New Year's Day" }
from = 2027-01-01
to = 2027-01-02
"""


def test_a_provisional_check_is_counted_again_when_the_notice_of_2027_is_loaded(centre, at):
    certain = centre.start("C5", OTHER_ORDER, "2026-12-29 16:00:00")
    lead = centre.start("C5", ORDER, "2026-12-31 16:00:00")
    assert (lead.due_at, lead.provisional) == (at("2027-01-06 00:00"), True)
    assert not certain.provisional
    with centre.database.writing() as work:
        work.authorise_by_rule("the test's installation")
        assert court_rules.load_calendar(work, SYSTEM, NOTICE) == 1
    lead = centre.row(ORDER, "C5")
    # Make-up Sunday the 3rd and Monday the 4th.
    assert (lead.due_at, lead.provisional) == (at("2027-01-05 00:00"), False)
    # The close of that Sunday is its first warning now, and the watcher's next look.
    assert lead.next_look_at == at("2027-01-03 17:30")
    assert centre.lines(ORDER) == ["clock.start", "clock.recompute"]
    assert centre.lines(OTHER_ORDER) == ["clock.start"]


def test_a_notice_loaded_twice_replaces_itself(centre, at):
    for expected in (0, 0):
        with centre.database.writing() as work:
            work.authorise_by_rule("the test's installation")
            assert court_rules.load_calendar(work, SYSTEM, NOTICE) == expected
    assert centre.start("C6", ORDER, "2027-01-03 09:00:00").due_at == at("2027-01-03 09:30")


def test_a_breach_on_a_provisional_day_is_withdrawn_when_the_notice_gives_more_time(centre, at):
    centre.start("C5", ORDER, "2026-12-31 16:00:00")
    centre.time("2027-01-06 00:00:01")
    centre.watch()
    assert centre.row(ORDER, "C5").state == "breached"
    longer = NOTICE.replace("[2027-01-03]", "[]").replace("to = 2027-01-02", "to = 2027-01-05")
    with centre.database.writing() as work:
        work.authorise_by_rule("the test's installation")
        court_rules.load_calendar(work, SYSTEM, longer)
    row = centre.row(ORDER, "C5")
    assert (row.state, row.breached_at, row.due_at) == ("running", None, at("2027-01-08 00:00"))
    assert centre.events_of(ORDER) == [ClockBreached, ClockDisproved]


def test_a_calendar_file_that_is_none_is_refused_and_nothing_is_loaded(centre):
    with pytest.raises(Problem, match=r"422\.1"), centre.database.writing() as work:
        court_rules.load_calendar(work, SYSTEM, "year = 2027")
