"""The supervisor starts in order, starts again what ends, stops in reverse, and leaves nobody behind."""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.processes import supervisor as supervisor_module
from backend.processes.ports import holder
from backend.processes.programs import Program
from backend.processes.rules import failures_after, restart_delay
from backend.processes.supervisor import StartError, Supervisor

WAITS_FOR_SIGTERM = """
import pathlib, signal, sys
def end(*_):
    print("asked to end", flush=True)
    with open(sys.argv[1], "a") as notes: notes.write(f"{sys.argv[2]} ended\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
with open(sys.argv[1], "a") as notes: notes.write(f"{sys.argv[2]} started\\n")
print("ready", flush=True)
signal.pause(); signal.pause()
"""
ENDS_THE_FIRST_TIME = """
import pathlib, sys
notes = pathlib.Path(sys.argv[1])
first = not notes.exists()
with notes.open("a") as file: file.write("started\\n")
if first: sys.exit(3)
print("here to stay", flush=True)
sys.stdin.read(); import signal; signal.pause()
"""


class Lines:
    """What the supervisor said; `wait_for` returns once a line has the text."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._changed = threading.Condition()

    def say(self, line: str) -> None:
        with self._changed:
            self.all.append(line)
            self._changed.notify_all()

    def wait_for(self, text: str) -> str:
        with self._changed:
            assert self._changed.wait_for(lambda: any(text in line for line in self.all), 20), self.all
            return next(line for line in self.all if text in line)


@pytest.fixture
def lines() -> Lines:
    return Lines()


@pytest.fixture
def supervisor(lines) -> Iterator[Supervisor]:
    created = Supervisor(lines.say)
    yield created
    created.stop()


def python(name: str, source: str, *arguments: object) -> Program:
    command = [sys.executable, "-c", source, *map(str, arguments)]
    return Program(name, command, dict(os.environ))


def said(lines: Lines, text: str) -> Callable[[], bool]:
    return lambda: any(text in line for line in lines.all)


def watching(supervisor: Supervisor) -> threading.Thread:
    thread = threading.Thread(target=supervisor.watch)
    thread.start()
    return thread


def test_programs_stop_in_the_reverse_of_the_order_they_started(supervisor, lines, tmp_path):
    notes = tmp_path / "notes"
    for name in ("backend", "worker", "front"):
        ready = said(lines, f"{name:<8}| ready")
        supervisor.start(python(name, WAITS_FOR_SIGTERM, notes, name), ready)
    supervisor.stop()
    assert notes.read_text().split("\n")[:-1] == [
        "backend started",
        "worker started",
        "front started",
        "front ended",
        "worker ended",
        "backend ended",
    ]


def test_a_program_that_ends_is_started_again(supervisor, lines, tmp_path):
    notes = tmp_path / "notes"
    supervisor.start(python("worker", ENDS_THE_FIRST_TIME, notes))
    watch = watching(supervisor)
    lines.wait_for("worker ended (exit code 3); it starts again in 0.5 s")
    lines.wait_for("worker  | here to stay")
    supervisor.wish_to_stop()
    watch.join(20)
    assert not watch.is_alive()
    assert notes.read_text() == "started\nstarted\n"


def test_a_program_that_does_not_listen_is_ended_by_force(supervisor, lines, monkeypatch):
    monkeypatch.setattr(supervisor_module, "STOP_SECONDS", 0.2)
    deaf = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True);"
        "signal.pause()"
    )
    supervisor.start(python("worker", deaf), said(lines, "deaf"))
    process = supervisor._running["worker"].process
    supervisor.stop()
    assert process.returncode == -signal.SIGKILL


def test_a_program_that_ends_before_it_is_ready_is_named_with_its_exit_code(supervisor, lines):
    wrong = "import sys; print('LINGDA_ASYNC_MODE is wrong'); sys.exit(2)"
    with pytest.raises(StartError, match=r"backend ended at its start \(exit code 2\)"):
        supervisor.start(python("backend", wrong), ready=lambda: False)
    lines.wait_for("backend | LINGDA_ASYNC_MODE is wrong")


def test_a_program_that_never_becomes_ready_is_given_up(supervisor, tmp_path):
    program = python("backend", WAITS_FOR_SIGTERM, tmp_path / "notes", "backend")
    with pytest.raises(StartError, match="backend did not become ready"):
        supervisor.start(program, ready=lambda: False, seconds=0.1)


def test_a_stop_while_starting_does_not_start_the_rest(supervisor, lines, tmp_path):
    supervisor.wish_to_stop()
    program = python("backend", WAITS_FOR_SIGTERM, tmp_path / "notes", "backend")
    with pytest.raises(StartError, match="Stopped before everything had started"):
        supervisor.start(program, ready=lambda: False)


def test_no_program_outlives_a_supervisor_that_was_killed():
    source = f"""
import os, sys
from backend.processes.programs import Program
from backend.processes.supervisor import Supervisor
supervisor = Supervisor(print)
supervisor.start(Program("worker", [sys.executable, "-c", {"import signal; signal.pause()"!r}], os.environ))
print(supervisor._running["worker"].process.pid, flush=True)
supervisor.watch()
"""
    parent = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    child = os.pidfd_open(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    ended, _, _ = select.select([child], [], [], 20)
    os.close(child)
    assert ended


def test_delays_double_and_stay_at_half_a_minute():
    assert [restart_delay(failures) for failures in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert restart_delay(10_000) == 30


def test_a_program_that_ran_for_a_minute_starts_again_at_once():
    assert failures_after(earlier_failures=6, ran_for=59.9) == 7
    assert failures_after(earlier_failures=6, ran_for=60.0) == 1


def test_a_port_in_use_names_the_process_that_has_it():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert f"(process {os.getpid()})" in holder("127.0.0.1", port)
    assert holder("127.0.0.1", port) is None


def test_connections_of_an_earlier_run_do_not_keep_a_port(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        accepted, _ = server.accept()
        accepted.close()  # the side that closes first keeps the port in TIME_WAIT
        client.close()
    assert holder("127.0.0.1", port) is None
