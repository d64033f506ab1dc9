"""Several processes before one database: each event once to each socket, each breach once, and a database that goes away."""

from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import and_, func, select, text, update

from backend.core.tables import AuditEntry, OutboxEvent
from backend.deadlines.rules import ClockState
from backend.deadlines.tables import DeadlineClock
from tests.server.conftest import MakeDatabase
from tests.support.live_socket import LiveSocket
from tests.support.postgis import start_cluster
from tests.support.real_world import RealWorld
from tests.support.server_process import Backend, Worker

ORDERS = 12


def test_two_backends_on_one_postgis_each_tell_their_sockets_everything_once(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    url = make_database("postgis")
    with (
        Backend(url, tmp_path) as first,
        Backend(url, tmp_path, "threading") as second,
        ExitStack() as opened,
    ):
        here, there = (
            opened.enter_context(RealWorld(url, first.url)),
            opened.enter_context(RealWorld(url, second.url)),
        )
        desks = [here.sign_in("binchuan.commander"), there.sign_in("binchuan.commander")]
        with (
            LiveSocket(first.url, desks[0].http.token) as at_first,
            LiveSocket(second.url, desks[1].http.token) as at_second,
        ):
            orders = [
                (here, there)[number % 2].order_out(desks[number % 2])["id"] for number in range(ORDERS)
            ]
            for socket in (at_first, at_second):
                socket.wait_for_event("directive.changed", orders[-1])
                seen = [event for event in socket.events if event["kind"] == "directive.changed"]
                assert Counter(event["subject_id"] for event in seen) == Counter(orders)
                cursors = [event["cursor"] for event in socket.events]
                assert cursors == sorted(set(cursors))


@pytest.mark.parametrize("kind", ["spatialite", "postgis"])
def test_two_workers_mark_each_breach_once_and_a_poisoned_row_stops_none(
    kind: str, make_database: MakeDatabase, tmp_path: Path
) -> None:
    url = make_database(kind)
    with Backend(url, tmp_path) as backend, RealWorld(url, backend.url) as world:
        duty, elsewhere = world.sign_in("binchuan.duty"), world.sign_in("xiangyun.duty")
        leads = [world.register_lead(duty, content=f"第{number}条线索")["id"] for number in range(ORDERS)]
        fresh = world.register_lead(elsewhere)["id"]
        let_their_limits_pass(world, leads)
        poison_the_clock_of(world, leads[0])

    def breached() -> int:
        with world.database.reading() as work:
            broken = DeadlineClock.state == ClockState.BREACHED
            return work.session.execute(select(func.count()).where(broken)).scalar_one()

    with Worker(url, tmp_path) as one, Worker(url, tmp_path) as two:
        one.wait_for(lambda: breached() == ORDERS - 1)
        for worker in (one, two):
            worker.terminate()
            assert worker.wait() == 0
    with world.database.reading() as work:
        marked = work.session.scalars(
            select(AuditEntry.subject_id).where(AuditEntry.action == "clock.breach")
        ).all()
        told = work.session.execute(
            select(OutboxEvent.subject_id, OutboxEvent.revision).where(OutboxEvent.kind == "clock.changed")
        ).all()
        still = work.session.scalars(
            select(DeadlineClock.state).where(DeadlineClock.subject_id == fresh, DeadlineClock.clock == "C4")
        ).one()
    assert sorted(marked) == sorted(leads[1:])
    assert len(told) == len(set(told))
    assert still == ClockState.RUNNING
    world.close()


def let_their_limits_pass(world: RealWorld, leads: list[str]) -> None:
    with world.database.writing() as work:
        work.authorise_by_rule("the test lets time pass")
        work.audit(world.actor("binchuan.duty"), "test.age", "lead", "all", "binchuan")
        mine = and_(DeadlineClock.subject_id.in_(leads), DeadlineClock.clock == "C4")
        due_at, started_at = work.now - timedelta(hours=5), work.now - timedelta(hours=6)
        earlier = {"due_at": due_at, "started_at": started_at, "warnings": [], "next_look_at": due_at}
        work.session.execute(update(DeadlineClock).where(mine).values(**earlier))


def poison_the_clock_of(world: RealWorld, lead: str) -> None:
    """Leave a row that no rule can judge: a time that is none on SQLite, a revision that cannot grow on PostGIS."""
    wrong = (
        "started_at = '2020-01-01', due_at = '2020-01-32'"
        if world.database.dialect == "sqlite"
        else "revision = 2147483647"
    )
    with world.database.writing() as work:
        work.authorise_by_rule("the test spoils a row")
        work.audit(world.actor("binchuan.duty"), "test.spoil", "lead", lead, "binchuan")
        work.session.execute(
            text(f"UPDATE deadline_clock SET {wrong} WHERE subject_id = :lead AND clock = 'C4'"),
            {"lead": lead},
        )


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_database_that_goes_away_and_comes_back_leaves_no_trace_but_503(mode: str, tmp_path: Path) -> None:
    from tests.conftest import fill

    with start_cluster(durable=True) as cluster:
        url = cluster.create_database("away")
        fill(url, tmp_path)
        with Backend(url, tmp_path, mode) as backend, Worker(url, tmp_path) as worker:
            world = RealWorld(url, backend.url)
            duty, commander = world.sign_in("binchuan.duty"), world.sign_in("binchuan.commander")
            officer = world.phone("binchuan.officer1")
            order = world.order_out(commander)
            with LiveSocket(world.base, duty.http.token) as listening:
                cluster.kill()
                command = officer.command("directive.accept", order["id"])
                for path in ("/api/me", "/readyz"):
                    answer = requests.get(
                        f"{backend.url}{path}",
                        headers={"Cookie": f"lingda_session={duty.http.token}"},
                        timeout=30,
                    )
                    assert (answer.status_code, answer.json()["code"]) == (503, "503.1")
                assert officer.post("/api/commands", {"commands": [command]}).status_code == 503
                assert requests.get(f"{backend.url}/healthz", timeout=10).status_code == 200
                cluster.start()
                backend.wait_for(backend.is_ready)
                assert officer.send(command)[0]["result"] == "applied"
                # The issue itself may still be on its way to a socket that has just joined.
                listening.wait_for_event("directive.changed", order["id"], state="acknowledged")
            worker.wait_for(lambda: True)
            world.close()
