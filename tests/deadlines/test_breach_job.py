"""The worker marks what has passed its limit: exactly once, unconfirmed while a phone is silent."""

import threading

import pytest
from sqlalchemy import select

from backend.core.tables import OutboxEvent
from backend.deadlines.events import ClockBreached, ClockDisproved, ClockUnconfirmed
from backend.deadlines.jobs import mark_breaches, next_due_at

ORDER = "01900000-0000-7000-8000-000000000001"
LATER_ORDER = "01900000-0000-7000-8000-000000000002"


@pytest.fixture
def two_orders(centre):
    """Binchuan is served one order at 09:00 and another at 09:20."""
    centre.start("C6", ORDER, "2026-03-03 09:00:00")
    centre.start("C6", LATER_ORDER, "2026-03-03 09:20:00")
    return centre


def test_at_the_limit_nothing_is_marked_and_one_millisecond_later_it_is(two_orders, at):
    two_orders.time("2026-03-03 09:30:00.000")
    assert mark_breaches(two_orders.database) == 0
    two_orders.time("2026-03-03 09:30:00.001")
    assert mark_breaches(two_orders.database) == 1
    row = two_orders.row(ORDER)
    assert (row.state, row.breached_at) == ("breached", at("2026-03-03 09:30"))
    assert row.detected_at == at("2026-03-03 09:30:00.001")
    assert two_orders.row(LATER_ORDER).state == "running"


def test_a_worker_that_was_down_for_hours_dates_the_breach_at_the_limit(two_orders, at):
    two_orders.time("2026-03-03 16:00:00")
    assert mark_breaches(two_orders.database) == 2
    assert two_orders.row(ORDER).breached_at == at("2026-03-03 09:30")
    assert two_orders.row(LATER_ORDER).breached_at == at("2026-03-03 09:50")


def test_a_second_round_marks_nothing_again(two_orders):
    two_orders.time("2026-03-03 10:00:00")
    assert mark_breaches(two_orders.database) == 2
    assert mark_breaches(two_orders.database) == 0
    assert two_orders.lines(ORDER) == ["clock.start", "clock.breach"]


def test_four_workers_at_once_mark_each_clock_exactly_once(centre):
    orders = [f"01900000-0000-7000-8000-0000000001{number:02}" for number in range(12)]
    for order in orders:
        centre.start("C6", order, "2026-03-03 09:00:00")
    centre.time("2026-03-03 10:00:00")
    together = threading.Barrier(4)
    marked = []

    def work():
        together.wait()
        marked.append(mark_breaches(centre.database))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(marked) == 12
    assert sorted(order for _, order, _ in centre.events) == orders
    for order in orders:
        assert centre.lines(order) == ["clock.start", "clock.breach"]


def test_while_the_teams_phone_is_silent_the_breach_is_unconfirmed_and_accuses_nobody(two_orders):
    two_orders.silent.add(ORDER)
    two_orders.time("2026-03-03 09:31:00")
    assert mark_breaches(two_orders.database) == 1
    row = two_orders.row(ORDER)
    assert (row.state, row.breached_at) == ("unconfirmed", None)
    assert two_orders.events_of(ORDER) == [ClockUnconfirmed]
    assert two_orders.asked[-1] == ("directive", ORDER, row.due_at)
    assert mark_breaches(two_orders.database) == 0


def test_contact_that_brings_no_departure_confirms_the_breach_as_of_the_limit(two_orders, at):
    two_orders.silent.add(ORDER)
    two_orders.time("2026-03-03 09:31:00")
    mark_breaches(two_orders.database)
    two_orders.silent.clear()
    two_orders.time("2026-03-03 11:00:00")
    mark_breaches(two_orders.database)
    row = two_orders.row(ORDER)
    assert (row.state, row.breached_at) == ("breached", at("2026-03-03 09:30"))
    assert row.detected_at == at("2026-03-03 09:31")
    assert two_orders.lines(ORDER) == ["clock.start", "clock.unconfirmed", "clock.breach"]


def test_contact_that_brings_a_departure_on_time_clears_it_without_any_breach(two_orders):
    two_orders.silent.add(ORDER)
    two_orders.time("2026-03-03 09:31:00")
    mark_breaches(two_orders.database)
    two_orders.silent.clear()
    two_orders.stop(ORDER, "2026-03-03 09:25:00", known_at="2026-03-03 11:00:00")
    mark_breaches(two_orders.database)
    assert two_orders.row(ORDER).state == "met"
    assert two_orders.events_of(ORDER) == [ClockUnconfirmed, ClockDisproved]


def test_a_phone_that_falls_silent_after_the_breach_was_confirmed_does_not_undo_it(two_orders):
    two_orders.time("2026-03-03 09:31:00")
    mark_breaches(two_orders.database)
    two_orders.silent.add(ORDER)
    mark_breaches(two_orders.database)
    two_orders.stop(ORDER, "2026-03-03 09:40:00")
    assert two_orders.row(ORDER).state == "breached"


def test_a_clock_whose_listener_fails_is_left_for_the_next_round_and_holds_up_no_other(two_orders, caplog):
    def fail(_work, happened):
        if happened.subject_id == ORDER:
            raise RuntimeError("the listener is broken")

    two_orders.database.bus.subscribe(ClockBreached, fail)
    two_orders.time("2026-03-03 10:00:00")
    assert mark_breaches(two_orders.database) == 1
    assert two_orders.row(LATER_ORDER).state == "breached"
    assert two_orders.row(ORDER).state == "running"
    assert two_orders.lines(ORDER) == ["clock.start"]
    assert "could not be judged" in caplog.text


def test_a_breach_reaches_those_who_read_binchuans_clocks(two_orders):
    two_orders.time("2026-03-03 09:31:00")
    mark_breaches(two_orders.database)
    with two_orders.database.reading() as work:
        last = work.session.execute(select(OutboxEvent).order_by(OutboxEvent.id.desc()).limit(1)).scalar_one()
        assert (last.kind, last.rooms) == ("clock.changed", ["clock.read@binchuan"])
        assert (last.data["state"], last.data["breached_at"]) == ("breached", "2026-03-03T01:30:00.000Z")


def test_the_next_limit_is_the_earliest_that_still_runs(two_orders, at):
    assert next_due_at(two_orders.database) == at("2026-03-03 09:30")
    two_orders.stop(ORDER, "2026-03-03 09:05:00")
    assert next_due_at(two_orders.database) == at("2026-03-03 09:50")
    two_orders.stop(LATER_ORDER, "2026-03-03 09:30:00")
    assert next_due_at(two_orders.database) is None
