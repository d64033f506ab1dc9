"""The watcher warns before a limit and marks what has passed it: each exactly once, in order, also after a downtime."""

import threading

import pytest
from sqlalchemy import select

from backend.core.tables import AuditEntry, OutboxEvent
from backend.deadlines.events import ClockBreached, ClockDisproved, ClockUnconfirmed
from backend.deadlines.watcher import ClockWatcher

ORDER = "01900000-0000-7000-8000-000000000001"
LATER_ORDER = "01900000-0000-7000-8000-000000000002"


@pytest.fixture
def two_orders(centre):
    """Binchuan is served one order at 09:00 and another at 09:20."""
    centre.start("C6", ORDER, "2026-03-03 09:00:00")
    centre.start("C6", LATER_ORDER, "2026-03-03 09:20:00")
    return centre


def test_it_warns_at_15_and_25_minutes_and_never_twice(centre, at):
    centre.start("C6", ORDER, "2026-03-03 09:00:00")
    assert centre.watch("2026-03-03 09:14:59") == 0
    assert centre.watch("2026-03-03 09:15:00") == 1
    assert centre.watch("2026-03-03 09:24:59") == 0
    assert centre.watch("2026-03-03 09:25:00") == 1
    assert centre.watch() == 0
    assert centre.warnings_of(ORDER) == [(1, at("2026-03-03 09:15")), (2, at("2026-03-03 09:25"))]
    row = centre.row(ORDER)
    assert (row.state, row.warnings_given, row.next_look_at) == ("running", 2, at("2026-03-03 09:30"))


def test_a_warning_is_on_the_record_with_whom_it_was_told_to_and_when_it_was_planned(centre, at):
    centre.start("C6", ORDER, "2026-03-03 09:00:00")
    centre.watch("2026-03-03 09:15:03")
    with centre.database.reading() as work:
        line = work.session.execute(select(AuditEntry).where(AuditEntry.action == "clock.warn")).scalar_one()
    assert (line.subject_id, line.occurred_at) == (ORDER, at("2026-03-03 09:15"))
    assert line.recorded_at == at("2026-03-03 09:15:03")
    assert (line.detail["step"], line.detail["tell"]) == (1, ["responsible", "duty_leader"])


def test_a_team_that_has_left_is_warned_no_more(two_orders):
    two_orders.watch("2026-03-03 09:20:00")
    two_orders.stop(ORDER, "2026-03-03 09:22:00")
    two_orders.watch("2026-03-03 10:00:00")
    assert [step for step, _ in two_orders.warnings_of(ORDER)] == [1]
    assert two_orders.row(ORDER).next_look_at is None


def test_a_day_of_downtime_is_caught_up_in_the_order_of_time(two_orders, at):
    two_orders.watch("2026-03-04 09:00:00")
    planned = [(order, planned_at) for order, _, planned_at in two_orders.warned]
    assert planned == [
        (ORDER, at("2026-03-03 09:15")),
        (ORDER, at("2026-03-03 09:25")),
        (LATER_ORDER, at("2026-03-03 09:35")),
        (LATER_ORDER, at("2026-03-03 09:45")),
    ]
    assert two_orders.lines(ORDER, warnings=True) == [
        "clock.start",
        "clock.warn",
        "clock.warn",
        "clock.breach",
    ]
    assert two_orders.row(LATER_ORDER).state == "breached"


def test_at_the_limit_nothing_is_marked_and_one_millisecond_later_it_is(two_orders, at):
    two_orders.watch("2026-03-03 09:29:00")
    assert two_orders.watch("2026-03-03 09:30:00.000") == 0
    assert two_orders.watch("2026-03-03 09:30:00.001") == 1
    row = two_orders.row(ORDER)
    assert (row.state, row.breached_at) == ("breached", at("2026-03-03 09:30"))
    assert row.detected_at == at("2026-03-03 09:30:00.001")
    assert two_orders.row(LATER_ORDER).state == "running"


def test_a_worker_that_was_down_for_hours_dates_the_breach_at_the_limit(two_orders, at):
    two_orders.watch("2026-03-03 16:00:00")
    assert two_orders.row(ORDER).breached_at == at("2026-03-03 09:30")
    assert two_orders.row(LATER_ORDER).breached_at == at("2026-03-03 09:50")


def test_a_second_round_marks_nothing_again(two_orders):
    two_orders.watch("2026-03-03 10:00:00")
    assert two_orders.watch() == 0
    assert two_orders.lines(ORDER) == ["clock.start", "clock.breach"]


def test_four_workers_at_once_do_each_warning_and_each_breach_exactly_once(centre):
    orders = [f"01900000-0000-7000-8000-0000000001{number:02}" for number in range(12)]
    for order in orders:
        centre.start("C6", order, "2026-03-03 09:00:00")
    centre.time("2026-03-03 10:00:00")
    together = threading.Barrier(4)
    acts = []

    def work():
        together.wait()
        acts.append(ClockWatcher(centre.database)())

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while ClockWatcher(centre.database)():
        pass  # what one worker held when the others looked
    assert len(centre.warned) == len(set(centre.warned)) == 24
    assert sorted(order for _, order, _ in centre.events) == orders
    for order in orders:
        said = ["clock.start", "clock.warn", "clock.warn", "clock.breach"]
        assert centre.lines(order, warnings=True) == said


def test_while_the_teams_phone_is_silent_the_breach_is_unconfirmed_and_accuses_nobody(two_orders):
    two_orders.silent.add(ORDER)
    two_orders.watch("2026-03-03 09:31:00")
    row = two_orders.row(ORDER)
    assert (row.state, row.breached_at) == ("unconfirmed", None)
    assert two_orders.events_of(ORDER) == [ClockUnconfirmed]
    assert two_orders.asked[-1] == ("directive", ORDER, row.due_at)
    assert two_orders.watch() == 0


def test_contact_that_brings_no_departure_confirms_the_breach_as_of_the_limit(two_orders, at):
    two_orders.silent.add(ORDER)
    two_orders.time("2026-03-03 09:31:00")
    two_orders.watch()
    two_orders.silent.clear()
    two_orders.time("2026-03-03 11:00:00")
    two_orders.watch()
    row = two_orders.row(ORDER)
    assert (row.state, row.breached_at) == ("breached", at("2026-03-03 09:30"))
    assert row.detected_at == at("2026-03-03 09:31")
    assert two_orders.lines(ORDER) == ["clock.start", "clock.unconfirmed", "clock.breach"]


def test_contact_that_brings_a_departure_on_time_clears_it_without_any_breach(two_orders):
    two_orders.silent.add(ORDER)
    two_orders.time("2026-03-03 09:31:00")
    two_orders.watch()
    two_orders.silent.clear()
    two_orders.stop(ORDER, "2026-03-03 09:25:00", known_at="2026-03-03 11:00:00")
    two_orders.watch()
    assert two_orders.row(ORDER).state == "met"
    assert two_orders.events_of(ORDER) == [ClockUnconfirmed, ClockDisproved]


def test_a_phone_that_falls_silent_after_the_breach_was_confirmed_does_not_undo_it(two_orders):
    two_orders.time("2026-03-03 09:31:00")
    two_orders.watch()
    two_orders.silent.add(ORDER)
    two_orders.watch()
    two_orders.stop(ORDER, "2026-03-03 09:40:00")
    assert two_orders.row(ORDER).state == "breached"


def test_a_silence_of_three_days_no_longer_keeps_the_breach_from_counting(two_orders, at):
    two_orders.silent.add(ORDER)
    two_orders.watch("2026-03-06 09:30:00")
    assert two_orders.row(ORDER).state == "unconfirmed"
    two_orders.watch("2026-03-06 09:30:06")
    row = two_orders.row(ORDER)
    assert (row.state, row.breached_at) == ("breached", at("2026-03-03 09:30"))


def test_a_departure_on_time_that_arrives_after_those_three_days_still_clears_it(two_orders):
    two_orders.silent.add(ORDER)
    two_orders.watch("2026-03-06 09:30:06")
    two_orders.stop(ORDER, "2026-03-03 09:25:00", known_at="2026-03-07 11:00:00")
    assert two_orders.row(ORDER).state == "met"
    assert two_orders.lines(ORDER)[-2:] == ["clock.stop", "clock.disproved"]


def test_a_look_at_an_unconfirmed_clock_leaves_no_line_and_tells_nobody(two_orders):
    two_orders.silent.add(ORDER)
    two_orders.watch("2026-03-03 09:31:00")
    revision = two_orders.row(ORDER).revision
    two_orders.watch("2026-03-03 09:31:30")
    assert (two_orders.row(ORDER).revision, two_orders.row(ORDER).state) == (revision, "unconfirmed")
    assert two_orders.lines(ORDER) == ["clock.start", "clock.unconfirmed"]


def test_a_poisoned_clock_holds_up_no_other_and_rests_between_tries(two_orders, caplog):
    tries = []

    def fail(_work, happened):
        if happened.subject_id == ORDER:
            tries.append(happened)
            raise RuntimeError("the listener is broken")

    two_orders.database.bus.subscribe(ClockBreached, fail)
    two_orders.watch("2026-03-03 10:00:00")
    two_orders.watch()
    assert two_orders.row(LATER_ORDER).state == "breached"
    assert two_orders.row(ORDER).state == "running"
    assert len(tries) == 1
    assert two_orders.lines(ORDER) == ["clock.start"]
    assert "could not be judged" in caplog.text


def test_a_worker_asked_to_stop_ends_after_the_act_it_is_at(two_orders):
    watcher = ClockWatcher(two_orders.database, should_stop=lambda: bool(two_orders.warned))
    two_orders.time("2026-03-03 10:00:00")
    assert watcher() == 1
    assert len(two_orders.warned) == 1


def test_a_breach_reaches_those_who_read_binchuans_clocks(two_orders):
    two_orders.time("2026-03-03 09:31:00")
    two_orders.watch()
    with two_orders.database.reading() as work:
        told = select(OutboxEvent).where(OutboxEvent.kind == "clock.changed").order_by(OutboxEvent.id.desc())
        last = work.session.execute(told.limit(1)).scalar_one()
        assert (last.kind, last.rooms) == ("clock.changed", ["clock.read@binchuan"])
        assert (last.data["state"], last.data["breached_at"]) == ("breached", "2026-03-03T01:30:00.000Z")
