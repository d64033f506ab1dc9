"""What the worker deletes of sign-ins, and what it keeps: receipts and the audit log are evidence and stay."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from backend.channels.opening import open_channels
from backend.core.database import Database
from backend.core.settings import Settings
from backend.core.tables import AuditEntry, CommandReceipt
from backend.delivery.jobs import Sender
from backend.people import jobs
from backend.people.tables import Enrolment, SignInFailure, SignInSession
from backend.worker import jobs_of
from tests.people.visitor import Visitor
from tests.support.world import World

People = Callable[[str], Visitor]
DAY = timedelta(days=1)


def count(world: World, table: type) -> int:
    """Return how many rows a table has."""
    with world.database.reading() as work:
        return int(work.session.execute(select(func.count()).select_from(table)).scalar_one())


def test_the_worker_runs_it(database: Database, settings: Settings) -> None:
    run = [
        getattr(job, "func", job)
        for job, _ in jobs_of(
            database, Sender(database, settings, open_channels(settings, database.clock)), lambda: False
        )
    ]
    assert jobs.tidy_sign_ins in run


def test_a_session_goes_thirty_days_after_it_ended_or_ran_out(world: World, visitor: People) -> None:
    signed_out, forgotten = visitor("binchuan.officer1"), visitor("binchuan.officer2")
    signed_out.give_password(), forgotten.give_password()
    signed_out.post("/api/sign-out")
    world.clock.instant += 30 * DAY
    assert jobs.tidy_sign_ins(world.database) == 0
    world.clock.instant += timedelta(seconds=1)
    assert jobs.tidy_sign_ins(world.database) == 1, "signed out thirty days ago"
    world.clock.instant += timedelta(hours=12)
    assert jobs.tidy_sign_ins(world.database) == 1, "ran out twelve hours later"
    assert count(world, SignInSession) == 0


def test_open_sessions_and_bound_phones_stay(world: World) -> None:
    phone, desk = world.phone("binchuan.officer1"), world.sign_in("binchuan.duty")
    jobs.tidy_sign_ins(world.database)
    assert phone.get("/api/me").status_code == desk.get("/api/me").status_code == 200


def test_codes_go_when_used_or_run_out_and_the_log_still_says_who_offered_them(world: World) -> None:
    world.phone("binchuan.officer1")
    duty = world.sign_in("binchuan.duty")
    offered = duty.post("/api/devices/enrolments", {"user_id": world.user("binchuan.officer2").id})
    assert jobs.tidy_sign_ins(world.database) == 1, "the used one"
    world.clock.instant += timedelta(minutes=10)
    assert jobs.tidy_sign_ins(world.database) == 1, "the one that ran out"
    assert (offered.status_code, count(world, Enrolment)) == (201, 0)
    with world.database.reading() as work:
        lines = list(work.session.execute(select(AuditEntry).order_by(AuditEntry.id)).scalars())
    assert [line.action for line in lines if line.action.startswith("device.offer")] == [
        "device.offer_enrolment"
    ] * 2
    tidied = [line for line in lines if line.action == "housekeeping.delete"]
    assert [(line.subject_kind, line.detail) for line in tidied] == [("enrolment", {"rows": 1})] * 2


def test_failed_sign_ins_go_after_a_day(world: World, visitor: People) -> None:
    visitor("binchuan.officer1").give_password("not the password")
    world.clock.instant += DAY - timedelta(seconds=1)
    visitor("binchuan.nobody").give_password("not the password")
    assert jobs.tidy_sign_ins(world.database) == 0
    world.clock.instant += timedelta(seconds=1)
    assert jobs.tidy_sign_ins(world.database) == 1
    assert count(world, SignInFailure) == 1


def test_many_rows_go_in_rounds(world: World, visitor: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PER_ROUND", 2)
    for number in range(5):
        visitor(f"binchuan.nobody{number}").give_password("not the password")
    world.clock.instant += DAY
    assert jobs.tidy_sign_ins(world.database) == 5


def test_receipts_and_the_audit_log_are_never_deleted(world: World) -> None:
    order = world.order_out(world.sign_in("binchuan.commander"))
    world.phone("binchuan.officer1").do("directive.accept", order["id"])
    receipts, lines = count(world, CommandReceipt), count(world, AuditEntry)
    world.clock.instant += 4_000 * DAY
    jobs.tidy_sign_ins(world.database)
    assert count(world, CommandReceipt) == receipts == 1
    assert count(world, AuditEntry) >= lines
