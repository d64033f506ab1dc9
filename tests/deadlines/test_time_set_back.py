"""The server's time set back around the watcher: nothing crashes, no breach is undone, nothing is done twice (legal time)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.core.tables import AuditEntry
from tests.deadlines.centre import court_clock

ORDER = "01900000-0000-7000-8000-000000000001"


@pytest.fixture
def breached(centre):
    """A directive whose limit was seen to pass at 09:31, and then the server's time was set back to 08:31."""
    centre.start("C6", ORDER, "2026-03-03 09:00:00")
    centre.watch("2026-03-03 09:31:00")
    centre.clock.instant -= timedelta(hours=1)
    return centre


def test_a_breach_stays_one_and_nobody_is_told_again(breached):
    lines = breached.lines(ORDER, warnings=True)
    assert lines == ["clock.start", "clock.warn", "clock.warn", "clock.breach"]
    assert breached.watch() == 0
    breached.clock.instant += timedelta(hours=1, minutes=1)
    assert breached.watch() == 0
    assert breached.row(ORDER).state == "breached"
    assert breached.lines(ORDER, warnings=True) == lines


def test_a_warning_given_is_not_given_again(centre):
    centre.start("C6", ORDER, "2026-03-03 09:00:00")
    centre.watch("2026-03-03 09:16:00")
    centre.clock.instant -= timedelta(minutes=15)
    assert centre.watch() == 0
    for minute in (14, 15, 16, 25, 26):
        centre.clock.instant = court_clock(f"2026-03-03 09:{minute}:00")
        centre.watch()
    assert centre.warnings_of(ORDER) == [
        (1, court_clock("2026-03-03 09:15")),
        (2, court_clock("2026-03-03 09:25")),
    ]


def test_an_act_at_the_desk_now_is_no_earlier_than_what_the_server_saw(breached):
    """The desk acts at 08:31 by the server's time; it had seen 09:31 before."""
    with breached.database.writing() as work:
        from backend.deadlines import service

        work.authorise_by_rule("the desk")
        service.stop(work, "directive", ORDER, "C6", work.now, breached.officer)
    row = breached.row(ORDER)
    assert (row.state, row.stopped_at) == ("breached", court_clock("2026-03-03 09:31:00"))
    with breached.database.reading() as work:
        line = work.session.execute(select(AuditEntry).where(AuditEntry.action == "clock.stop")).scalar_one()
        assert line.detail["server_time_was"] == "2026-03-03T00:31:00.000Z"
        assert line.detail["late"] is True


def test_a_cancellation_now_undoes_no_breach(breached):
    with breached.database.writing() as work:
        from backend.deadlines import service

        work.authorise_by_rule("the issuer")
        service.cancel(work, "directive", ORDER, work.now, breached.officer, "情况有变")
    assert breached.row(ORDER).state == "breached"


def test_an_act_that_a_device_timed_before_the_limit_still_disproves_it(breached):
    """08:31 by the server; a phone says it left at 09:20, by its own clock."""
    with breached.database.writing() as work:
        from backend.deadlines import service

        work.authorise_by_rule("a member of the team")
        service.stop(work, "directive", ORDER, "C6", court_clock("2026-03-03 09:20:00"), breached.officer)
    assert breached.row(ORDER).state == "met"


def test_a_breach_in_doubt_stays_in_doubt(centre):
    centre.silent.add(ORDER)
    centre.start("C6", ORDER, "2026-03-03 09:00:00")
    centre.watch("2026-03-03 09:31:00")
    assert centre.row(ORDER).state == "unconfirmed"
    centre.clock.instant -= timedelta(hours=1)
    centre.watch()
    assert centre.row(ORDER).state == "unconfirmed"
    with centre.database.writing() as work:
        from backend.deadlines import service
        from backend.deadlines.judging import judge
        from backend.deadlines.rulebooks import ClockCode

        row = service.find(work, "directive", ORDER, ClockCode.SUPERIOR_DIRECTIVE, lock=True)
        work.authorise_by_rule("looked at by hand")
        assert judge(work, row) is False
    centre.silent.clear()
    centre.clock.instant += timedelta(hours=1, minutes=1)
    centre.watch()
    assert centre.lines(ORDER) == ["clock.start", "clock.unconfirmed", "clock.breach"]


def test_a_clock_that_starts_after_the_server_was_set_back_is_judged_by_its_own_times(centre):
    centre.start("C6", "01900000-0000-7000-8000-000000000002", "2026-03-03 09:30:00")
    centre.clock.instant = court_clock("2026-03-03 09:00:00")
    centre.start("C6", ORDER, "2026-03-03 09:00:00")
    assert centre.row(ORDER).due_at == court_clock("2026-03-03 09:30:00")
    centre.watch("2026-03-03 09:31:00")
    assert centre.row(ORDER).state == "breached"
    assert centre.row("01900000-0000-7000-8000-000000000002").state == "running"
