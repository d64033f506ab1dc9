"""The server's time off, wrong, set on and set back: desks are told, running clocks are in doubt, evidence stays (legal time)."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.channels.opening import open_channels
from backend.core.outbox import sequence_events
from backend.core.problems import Problem
from backend.core.tables import AuditEntry, OutboxEvent
from backend.deadlines.doubts import doubts_of
from backend.delivery.jobs import Sender
from backend.timekeeping.jobs import StepWatch
from backend.timekeeping.rules import KernelClock, Reading
from backend.timekeeping.views import clock_events, server_time
from backend.worker import jobs_of
from tests.deadlines.centre import court_clock

ORDERS = [f"01900000-0000-7000-8000-00000000000{number}" for number in range(1, 10)]


def state(database):
    with database.reading() as work:
        level, offset_ms = server_time(work.session, work.now)
        return level.value, offset_ms


def events(database, *, kind=None):
    with database.reading() as work:
        found = clock_events(work.session, work.now - timedelta(days=2), work.now + timedelta(days=2))
        return [(one.kind, one.level, one.offset_ms) for one in reversed(found) if kind in (None, one.kind)]


def doubts(centre, order):
    row = centre.row(order)
    with centre.database.reading() as work:
        return [
            (one.cause, one.offset_ms, one.until is None) for one in doubts_of(work.session, [row.id])[row.id]
        ]


def told(database):
    with database.reading() as work:
        rows = work.session.execute(
            select(OutboxEvent).where(OutboxEvent.kind == "server_clock.changed").order_by(OutboxEvent.id)
        ).scalars()
        return [(row.data["level"], row.data["offset_ms"]) for row in rows]


def test_the_worker_keeps_time_before_it_judges_by_it(database, settings):
    jobs = [
        type(job).__name__
        for job, _ in jobs_of(
            database, Sender(database, settings, open_channels(settings, database.clock)), lambda: False
        )
    ]
    assert jobs.index("ClockKeeper") < jobs.index("ClockWatcher")


def test_a_clock_that_is_kept_is_no_news(database, machine):
    assert machine.pass_time(31) == 0
    assert state(database) == ("kept", None)
    assert (events(database), told(database)) == ([], [])


def test_a_server_three_seconds_behind_warns_every_desk_and_doubts_no_clock(database, machine, centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    machine.phones_report(-3.0)
    machine.pass_time(31)
    assert state(database) == ("off", -3000)
    assert events(database) == [("level", "off", -3000)]
    assert told(database) == [("off", -3000)]
    assert doubts(centre, ORDERS[0]) == []
    with database.reading() as work:
        (row,) = work.session.execute(
            select(OutboxEvent).where(OutboxEvent.kind == "server_clock.changed")
        ).scalars()
        assert {"clock.read@binchuan", "clock.read@baishishan", "clock.read@dali"} <= set(row.rooms)


def test_two_phones_are_no_witnesses(database, machine):
    machine.phones_report(-40.0, devices=2)
    machine.pass_time(31)
    assert state(database) == ("kept", None)


def test_a_server_40_seconds_behind_puts_running_clocks_of_rules_in_doubt(database, machine, centre):
    from datetime import date

    centre.adopt("yangbi", "dali_2014", date(2026, 3, 1))
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    centre.start("C6", ORDERS[1], "2026-03-03 09:00:00")
    centre.stop(ORDERS[1], "2026-03-03 09:00:10")
    centre.start("C6", ORDERS[2], "2026-03-03 09:00:00", court_id="yangbi")
    machine.phones_report(-40.0)
    machine.pass_time(31)
    assert state(database) == ("wrong", -40_000)
    assert doubts(centre, ORDERS[0]) == [("offset", -40_000, True)]
    assert doubts(centre, ORDERS[1]) == [], "it was kept before anybody doubted"
    assert doubts(centre, ORDERS[2]) == [], "a target accuses nobody"


def test_a_clock_begun_while_time_is_wrong_is_in_doubt_at_the_next_check_and_once(machine, centre):
    machine.phones_report(-40.0)
    machine.pass_time(31)
    centre.start("C6", ORDERS[0], "2026-03-03 09:01:00")
    for _ in range(3):
        machine.phones_report(-40.0)
        machine.pass_time(31)
    assert doubts(centre, ORDERS[0]) == [("offset", -40_000, True)]
    with centre.database.reading() as work:
        lines = work.session.execute(select(AuditEntry).where(AuditEntry.action == "server_clock.doubt"))
        assert [line.detail["clocks"] for line in lines.scalars()] == [1], "one line, for what was marked"


def test_once_time_is_right_again_the_doubt_ends_and_stays_as_evidence(database, machine, centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    machine.phones_report(-40.0)
    machine.pass_time(31)
    machine.fixes = []
    machine.pass_time(601)
    assert state(database) == ("kept", None)
    assert doubts(centre, ORDERS[0]) == [("offset", -40_000, False)]
    assert [level for _, level, _ in events(database, kind="level")] == ["wrong", "kept"]
    with database.reading() as work:
        lines = work.session.execute(
            select(AuditEntry.action).where(AuditEntry.subject_kind == "server_clock").order_by(AuditEntry.id)
        ).scalars()
        assert list(lines) == [
            "server_clock.doubt",
            "server_clock.level",
            "server_clock.level",
            "server_clock.settle",
        ]


def test_a_breach_while_time_is_wrong_is_told_with_the_doubt(database, machine, centre, world):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    machine.phones_report(-40.0)
    machine.pass_time(31)
    centre.watch("2026-03-03 09:31:00")
    with database.reading() as work:
        line = work.session.execute(
            select(AuditEntry).where(AuditEntry.action == "clock.breach")
        ).scalar_one()
        assert line.detail["time_doubt_ms"] == -40_000


def test_a_breach_while_time_is_right_says_nothing_of_time(database, machine, centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    centre.watch("2026-03-03 09:31:00")
    with database.reading() as work:
        line = work.session.execute(
            select(AuditEntry).where(AuditEntry.action == "clock.breach")
        ).scalar_one()
        assert "time_doubt_ms" not in line.detail


@pytest.mark.parametrize("seconds", [2.5, -2.5])
def test_a_jump_of_over_two_seconds_is_evidence_and_doubts_nothing(database, machine, centre, seconds):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    machine.set_clock(seconds)
    assert events(database, kind="step") == [("step", None, int(seconds * 1000))]
    assert doubts(centre, ORDERS[0]) == []


def test_a_jump_within_two_seconds_is_the_keepers_own_correction(database, machine):
    machine.set_clock(1.9)
    assert events(database, kind="step") == []


@pytest.mark.parametrize("seconds", [3600.0, -3600.0])
def test_clocks_that_ran_across_a_jump_of_half_a_minute_are_in_doubt_for_good(machine, centre, seconds):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    machine.set_clock(seconds)
    machine.pass_time(60)
    assert doubts(centre, ORDERS[0]) == [("step", int(seconds * 1000), False)]


def test_a_jump_forward_is_known_before_the_watcher_judges_by_it(database, machine, centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    machine.set_clock(3600.0)
    centre.watch()
    assert centre.row(ORDERS[0]).state == "breached"
    with database.reading() as work:
        line = work.session.execute(
            select(AuditEntry).where(AuditEntry.action == "clock.breach")
        ).scalar_one()
        assert line.detail["time_doubt_ms"] == 3_600_000


def test_two_processes_of_one_machine_record_a_jump_once(database, machine, clock):
    other = StepWatch(database, lambda: Reading(clock.now(), machine.elapsed))
    other.look()
    machine.set_clock(-3600.0)
    assert other.look() == 0
    assert len(events(database, kind="step")) == 1


def test_a_jump_that_could_not_be_recorded_is_recorded_at_the_next_turn(
    database, machine, monkeypatch, caplog
):
    caplog.set_level(logging.CRITICAL)
    with monkeypatch.context() as broken:

        def busy():
            raise Problem("503.1")

        broken.setattr(database, "writing", busy)
        with pytest.raises(Problem):
            machine.set_clock(60.0)
    assert machine.pass_time(1.0) >= 1
    assert events(database, kind="step") == [("step", None, 60_000)]


def test_a_start_earlier_than_the_servers_own_log_is_evidence(database, machine, centre, clock):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    clock.instant -= timedelta(minutes=5)
    watch = StepWatch(database, lambda: Reading(clock.now(), 1.0))
    assert watch.look() == 1
    assert events(database) == [("behind_log", None, -300_000)]


def test_nothing_that_keeps_the_clock_is_told_once_it_had_been_kept(database, machine):
    machine.kernel = KernelClock(False, 16.0, 16.0)
    machine.pass_time(31)
    assert state(database) == ("unverified", None)
    assert told(database) == [("unverified", None)]


def test_a_machine_nothing_is_known_of_is_no_news(database, clock, machine):
    from backend.timekeeping.jobs import ClockKeeper

    other = ClockKeeper(database, lambda: Reading(clock.now(), 5.0), lambda: None, lambda: None)
    other.machine = type(other.machine)("another-start", "second")
    other()
    assert events(database) == []
    assert state(database) == ("unverified", None), "of two machines the worse"


def test_desks_read_how_time_is_kept_and_when_it_jumped(database, machine, world):
    machine.phones_report(-40.0)
    machine.pass_time(31)
    machine.set_clock(41.0)
    shown = world.sign_in("binchuan.duty").get("/api/server-clock").get_json()
    assert shown["level"] in ("wrong", "kept")
    (one,) = shown["machines"]
    assert (one["synchronised"], one["kept_by"], one["max_error_ms"]) == (True, "chrony", 40)
    assert {event["kind"] for event in shown["events"]} == {"level", "step"}
    sequence_events(database)
    feed = world.sign_in("xiangyun.duty").get("/api/events", since=0).get_json()["events"]
    assert "server_clock.changed" in {event["kind"] for event in feed}


def test_the_history_of_a_clock_shows_its_doubts(database, machine, world):
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk)
    machine.set_clock(-60.0)
    target, rule = desk.get(f"/api/leads/{lead['id']}/clocks").get_json()["clocks"]
    assert (target["clock"]["clock"], target["doubts"]) == ("C2", []), (
        "a target accuses nobody, so nothing is in doubt"
    )
    (doubt,) = rule["doubts"]
    assert (doubt["cause"], doubt["offset_ms"], doubt["since"] == doubt["until"]) == ("step", -60_000, True)


def test_a_jump_is_recorded_with_what_the_clock_should_have_said(database, machine, clock):
    machine.set_clock(-3600.0)
    with database.reading() as work:
        (one,) = clock_events(work.session, work.now - timedelta(hours=1), work.now + timedelta(hours=2))
        assert one.before_at == court_clock("2026-03-03 09:00:01")
        assert one.after_at == court_clock("2026-03-03 08:00:01")
