"""`lingda serve` runs the real front, backend and worker as one, and they stop as one."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from backend.cli import main
from backend.core.settings import load_settings
from backend.migrations.run import migrate
from backend.processes.ports import holder
from backend.wiring import open_database
from tests.support.backend_process import free_port
from tests.support.front import ROOT

SERVE = "from backend.processes.command import serve_command; serve_command()"


class Serving:
    """A running `lingda serve` on ports of its own; `output` is what a person would see so far."""

    def __init__(self, data: Path, *arguments: str, **settings: str) -> None:
        self.front, self.backend = free_port(), free_port()
        self.log = data / "output.txt"
        environment = {
            **os.environ,
            "LINGDA_DATA": str(data),
            "LINGDA_HTTP": f"127.0.0.1:{self.front}",
            "LINGDA_BACKEND": f"127.0.0.1:{self.backend}",
            **settings,
        }
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVE, *arguments],
                env=environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    @property
    def output(self) -> str:
        return self.log.read_text()

    def wait_for(self, text: str) -> None:
        give_up = time.monotonic() + 60
        while text not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < give_up, self.output
            time.sleep(0.02)

    def get(self, path: str) -> requests.Response:
        return requests.get(f"http://127.0.0.1:{self.front}{path}", timeout=10)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(40)


@pytest.fixture
def data(tmp_path) -> Path:
    database = open_database(load_settings({"LINGDA_DATA": str(tmp_path)}))
    migrate(database)
    database.engine.dispose()
    return tmp_path


@pytest.fixture
def serving(data) -> Iterator[Serving]:
    running = Serving(data)
    try:
        running.wait_for("Ctrl-C stops everything")
        yield running
    finally:
        running.stop()


def test_one_command_serves_pages_and_api_on_one_origin_and_says_where(serving):
    assert serving.get("/readyz").json() == {"status": "ok"}
    assert serving.get("/api/me").status_code == 401
    assert '<div id="app">' in serving.get("/").text
    for path in ("/ ", "/command ", "/duty "):
        assert f"http://127.0.0.1:{serving.front}{path}" in serving.output


def test_nobody_else_on_the_machine_can_read_what_the_processes_write(serving, data):
    serving.get("/readyz")
    assert (data / "log" / "front.log").exists()
    written = [path for name in ("front", "log", "secrets") for path in (data / name).rglob("*")]
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_a_request_to_stop_stops_front_worker_and_backend_in_order_and_frees_the_ports(serving):
    assert serving.stop() == 0
    assert re.findall(r"^stopping (\w+)$", serving.output, re.MULTILINE) == ["front", "worker", "backend"]
    assert holder("127.0.0.1", serving.front) is None
    assert holder("127.0.0.1", serving.backend) is None


def test_a_backend_that_was_killed_is_back_while_the_front_makes_phones_wait(serving):
    victim = int(re.search(r"process (\d+)", holder("127.0.0.1", serving.backend))[1])
    os.kill(victim, signal.SIGKILL)
    serving.wait_for("backend ended (exit code -9); it starts again in 0.5 s")
    answers = {serving.get("/readyz").status_code for _ in range(6)}
    assert answers <= {200, 503}
    assert 200 in answers


def test_commands_name_the_address_announced_on_the_local_network_until_its_process_ends(data):
    tls_port, trust_port = free_port(), free_port()
    ports = ["--tls-port", str(tls_port), "--trust-port", str(trust_port)]
    lan = Serving(data, "--lan", "--address", "127.0.0.1", *ports)
    try:
        lan.wait_for("Ctrl-C stops everything")
        doctor = CliRunner().invoke(main, ["doctor"], env={"LINGDA_DATA": str(data)})
        assert f"ok   address   https://127.0.0.1:{tls_port}" in doctor.output
        lan.process.kill()
        lan.process.wait(40)
        doctor = CliRunner().invoke(main, ["doctor"], env={"LINGDA_DATA": str(data)})
        assert "ok   address   http://127.0.0.1:8000" in doctor.output
    finally:
        lan.stop()


def test_a_database_out_of_reach_is_one_sentence_that_names_the_setting(tmp_path):
    away = Serving(tmp_path, LINGDA_DATABASE_URL=f"postgresql://lingda@127.0.0.1:{free_port()}/lingda")
    assert away.process.wait(60) == 1
    said = [line for line in away.output.splitlines() if line.startswith("backend")]
    assert len(said) == 1
    assert "LINGDA_DATABASE_URL" in said[0]
    assert "Traceback" not in away.output
