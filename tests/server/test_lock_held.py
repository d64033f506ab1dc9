"""Done 6: while another process holds SQLite's write lock for two seconds, heartbeats stay quick and writes only wait."""

import contextlib
import gc
import os
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server.conftest import MakeDatabase
from tests.support.live_socket import LiveSocket
from tests.support.real_world import RealWorld
from tests.support.server_process import Backend

HELD_SECONDS = 2.0
LONGEST_HEARTBEAT_SECONDS = 0.1
WRITERS = 6


@contextmanager
def lock_held_by_another_process(url: str, seconds: float) -> Iterator[threading.Event]:
    """Hold the write lock from outside the server; the event is set when it has been given back."""
    given_back = threading.Event()
    connection = sqlite3.connect(
        url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE server_state SET authority_version = authority_version")

    def give_back() -> None:
        connection.execute("COMMIT")
        given_back.set()

    timer = threading.Timer(seconds, give_back)
    timer.start()
    yield given_back
    timer.join()
    connection.close()


def test_heartbeats_stay_under_100_ms_and_writes_succeed_afterwards(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    with (
        Backend(make_database("spatialite"), tmp_path) as backend,
        RealWorld(backend.environment["LINGDA_DATABASE_URL"], backend.url) as world,
    ):
        officer = world.phone("binchuan.officer1")
        order = world.order_out(world.sign_in("binchuan.commander"))
        phones = [world.phone(f"binchuan.officer{number}") for number in (1, 2, 1, 2, 1, 2)]
        with LiveSocket(world.base, officer.http.token) as socket:
            socket.heartbeat()
            results: list[tuple[str, bool]] = []
            with lock_held_by_another_process(
                backend.environment["LINGDA_DATABASE_URL"], HELD_SECONDS
            ) as given_back:

                def write(phone: object) -> None:
                    result = phone.do("directive.note", order["id"], {"text": "路上"})  # type: ignore[attr-defined]
                    results.append((result["result"], given_back.is_set()))

                writers = [threading.Thread(target=write, args=(phone,)) for phone in phones]
                for writer in writers:
                    writer.start()
                taken = beat_until(socket, given_back, [backend.pid, os.getpid()])
                for writer in writers:
                    writer.join(30)
        assert results == [("applied", True)] * WRITERS, "a write did not wait for the lock"
        assert len(taken) > 10
        *others, longest = sorted(taken)
        said = f"longest {longest:.3f} s, median {statistics.median(taken):.3f} s of {len(taken)}"
        # One beat may meet the server collecting its garbage; none may wait for the lock.
        assert others[-1] < LONGEST_HEARTBEAT_SECONDS, said
        assert longest < HELD_SECONDS / 4, said


def beat_until(socket: LiveSocket, done: threading.Event, pids: list[int]) -> list[float]:
    """Beat until done; return the seconds of each beat without those in which other programs had the processors."""
    taken = []
    # A collection over everything two thousand tests have left takes a tenth of a second, and is not the server's doing.
    gc.disable()
    try:
        while not done.is_set():
            queued = sum(seconds_queued(pid) for pid in pids)
            wall = socket.heartbeat()
            taken.append(wall - (sum(seconds_queued(pid) for pid in pids) - queued))
            time.sleep(0.01)
    finally:
        gc.enable()
    return taken


def seconds_queued(pid: int) -> float:
    """Return how long the threads of a process were ready to run and got no processor."""
    queued = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            queued += int((thread / "schedstat").read_text().split()[1])
    return queued / 1e9


@pytest.mark.parametrize("mode", ["threading"])
def test_in_threading_mode_too_reads_go_on_while_the_lock_is_held(
    mode: str, make_database: MakeDatabase, tmp_path: Path
) -> None:
    with (
        Backend(make_database("spatialite"), tmp_path, mode) as backend,
        RealWorld(backend.environment["LINGDA_DATABASE_URL"], backend.url) as world,
    ):
        duty = world.sign_in("binchuan.duty")
        with lock_held_by_another_process(
            backend.environment["LINGDA_DATABASE_URL"], HELD_SECONDS
        ) as given_back:
            assert duty.get("/api/board").status_code == 200
            assert not given_back.is_set()
            world.register_lead(duty)
            assert given_back.is_set()
