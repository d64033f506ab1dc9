"""A backend and a worker start with one sentence or not at all, and stop within seconds when asked."""

import os
import re
import signal
import socket
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
import requests

from backend.migrations import NEWEST
from tests.server.conftest import MakeDatabase
from tests.support.live_socket import LiveSocket
from tests.support.real_world import RealWorld
from tests.support.server_process import Backend, Process, Worker

STOPS_WITHIN = 5.0


def refusal(process: Process) -> str:
    """Launch a process that must refuse to start; return its one sentence."""
    process.launch()
    code = process.wait(30)
    assert code == 2, process.log
    lines = process.log.splitlines()
    assert len(lines) == 1, process.log
    return lines[0]


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_asked_to_stop_it_ends_what_it_answers_and_goes(
    mode: str, make_database: MakeDatabase, tmp_path: Path
) -> None:
    with Backend(make_database("spatialite"), tmp_path, mode) as backend:
        world = RealWorld(backend.environment["LINGDA_DATABASE_URL"], backend.url)
        duty = world.sign_in("binchuan.duty")
        cursor = duty.get("/api/board").get_json()["cursor"]
        with LiveSocket(world.base, duty.http.token) as listening, ExitStack() as opened:
            poll = opened.enter_context(closing(HTTPConnection("127.0.0.1", backend.port, timeout=30)))
            cookie = {"Cookie": f"lingda_session={duty.http.token}"}
            poll.request("GET", f"/api/events?since={cursor}&wait=25", headers=cookie)
            # Both came later and are answered: the poll has been taken.
            listening.heartbeat()
            assert requests.get(f"{backend.url}/api/me", headers=cookie, timeout=10).status_code == 200
            began = time.monotonic()
            backend.terminate()
            assert backend.wait() == 0, backend.log
            assert time.monotonic() - began < STOPS_WITHIN
            assert poll.getresponse().status == 200, "the long poll was cut instead of answered"
            listening.wait_for(lambda: listening.closed)
        assert "Traceback" not in backend.log
        world.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_asked_to_stop_goes(
    number: signal.Signals, make_database: MakeDatabase, tmp_path: Path
) -> None:
    with Worker(make_database("spatialite"), tmp_path) as worker:
        began = time.monotonic()
        os.kill(worker.pid, number)
        assert worker.wait() == 0
        assert time.monotonic() - began < STOPS_WITHIN
        assert "Traceback" not in worker.log


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_port_somebody_uses_is_one_sentence(mode: str, make_database: MakeDatabase, tmp_path: Path) -> None:
    backend = Backend(make_database("spatialite"), tmp_path, mode)
    with socket.create_server(("127.0.0.1", backend.port)):
        assert f"LINGDA_BACKEND is 127.0.0.1:{backend.port}, which cannot be listened on" in refusal(backend)


def test_two_backends_never_share_a_port(make_database: MakeDatabase, tmp_path: Path) -> None:
    url = make_database("spatialite")
    with Backend(url, tmp_path) as first:
        second = Backend(url, tmp_path, LINGDA_BACKEND=f"127.0.0.1:{first.port}")
        assert "cannot be listened on" in refusal(second)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("LINGDA_ASYNC_MODE", "gevent"), ("LINGDA_BACKEND", "nowhere"), ("LINGDA_DATABASE_URL", "mysql://x")],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(setting: str, value: str, tmp_path: Path) -> None:
    backend = Backend(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path)
    backend.environment[setting] = value
    assert setting in refusal(backend)


@pytest.mark.parametrize("process", [Backend, Worker])
def test_a_database_without_todays_schema_is_one_sentence(process: type[Process], tmp_path: Path) -> None:
    sentence = refusal(process(f"sqlite:///{tmp_path / 'empty.sqlite'}", tmp_path))  # type: ignore[call-arg, arg-type]
    assert f"schema none and {NEWEST} is needed; run: lingda migrate" in sentence


@pytest.mark.parametrize("process", [Backend, Worker])
def test_a_database_out_of_reach_is_one_sentence_without_its_password(
    process: type[Process], tmp_path: Path
) -> None:
    url = f"postgresql+psycopg://lingda:geheim@/lingda?host={tmp_path}"
    sentence = refusal(process(url, tmp_path))  # type: ignore[call-arg, arg-type]
    assert "cannot be reached; check LINGDA_DATABASE_URL" in sentence
    assert "geheim" not in sentence


def test_the_newest_schema_is_the_one_the_migrations_lead_to() -> None:
    from alembic.script import ScriptDirectory

    from backend.migrations.run import configuration

    assert ScriptDirectory.from_config(configuration()).get_current_head() == NEWEST
    assert re.fullmatch(r"\d{4}", NEWEST)
