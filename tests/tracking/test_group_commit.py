"""Many requests share one commit: each answers after it, one that cannot be kept fails alone, nothing moves back."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from backend.core.problems import Problem
from backend.tracking.store import FixBatchToStore, FixStore
from geo.fixes import Fix
from tests.support.kept import listening
from tests.support.world import World
from tests.tracking.sending import last_known, whole_track


def tracker_batch(
    world: World, account: str, seconds: list[int], device: str | None = None
) -> FixBatchToStore:
    """Return a batch of a person's tracker, measured so many seconds after the test's instant."""
    user = world.user(account)
    fixes = [
        Fix(
            fixed_at=world.clock.now() + timedelta(seconds=second),
            longitude=100.5 + second / 1e4,
            latitude=25.83,
        )
        for second in seconds
    ]
    return FixBatchToStore(device or f"tracker of {account}"[:36], user.id, user.court_id, "osmand", fixes)


class Line(list[FixBatchToStore]):
    """The requests that stand in line; `complete` is set when so many do."""

    def __init__(self, requests: int) -> None:
        super().__init__()
        self.complete = threading.Event()
        self._requests = requests

    def append(self, batch: FixBatchToStore) -> None:
        super().append(batch)
        if len(self) == self._requests:
            self.complete.set()


def send_together(world: World, batches: list[FixBatchToStore]) -> list[Any]:
    """Send each batch as a request of its own, all in line before the first is written.

    Returns what each request got: its batch, or the exception it would answer with.
    """
    store = FixStore(world.database)
    line = store._waiting = Line(len(batches))

    def send(batch: FixBatchToStore) -> Any:
        try:
            return store.store(batch)
        except Exception as error:  # noqa: BLE001 - what each request gets is what is looked at
            return error

    with ThreadPoolExecutor(len(batches)) as pool:
        with store._turn:
            sent = [pool.submit(send, batch) for batch in batches]
            assert line.complete.wait(30)
        return [request.result() for request in sent]


def test_requests_of_one_moment_share_one_commit_and_each_learns_what_became_of_it(world: World) -> None:
    accounts = [f"binchuan.officer{number}" for number in range(1, 7)]
    batches = [tracker_batch(world, account, [-3, -2, -1]) for account in accounts for _ in range(3)]
    commits: list[Any] = []
    with listening(world.database.engine, "commit", commits.append):
        results = send_together(world, batches)
    assert sum(result.stored for result in results) == 18
    assert sum(result.duplicates for result in results) == 36
    assert len(commits) == 1
    for account in accounts:
        assert len(whole_track(world, account)) == 3


def test_a_batch_the_database_refuses_fails_alone(world: World) -> None:
    good = [tracker_batch(world, f"binchuan.officer{number}", [-number]) for number in range(1, 6)]
    impossible = replace(tracker_batch(world, "binchuan.officer6", [-1]), source="pigeon")
    *kept, refused = send_together(world, [*good, impossible])
    assert isinstance(refused, Exception)
    assert not isinstance(refused, Problem)
    assert [batch.stored for batch in kept] == [1] * 5
    seen = last_known(world.sign_in("binchuan.commander"))
    assert sorted(seen) == sorted(batch.device_id for batch in good)
    assert whole_track(world, "binchuan.officer6") == []


def test_when_the_commit_itself_fails_every_request_that_waited_for_it_hears_so(world: World) -> None:
    batches = [tracker_batch(world, f"binchuan.officer{number}", [-1]) for number in range(1, 6)]
    with world.database.engine.connect() as connection:
        connection.execution_options(lingda_writing=True).execute(
            text("ALTER TABLE last_known RENAME TO lost")
        )
        connection.commit()
    results = send_together(world, batches)
    assert all(isinstance(result, Exception) for result in results)
    with world.database.engine.connect() as connection:
        connection.execution_options(lingda_writing=True).execute(
            text("ALTER TABLE lost RENAME TO last_known")
        )
        connection.commit()
    assert [whole_track(world, f"binchuan.officer{number}") for number in range(1, 6)] == [[]] * 5
    again = send_together(world, [replace(batch, error=None, done=False) for batch in batches])
    assert [batch.stored for batch in again] == [1] * 5


def test_what_was_not_committed_is_not_shown_on_the_map(world: World) -> None:
    shown: list[dict[str, Any]] = []
    store = FixStore(world.database, shown.extend)
    with pytest.raises(Exception, match="ck_"):
        store.store(replace(tracker_batch(world, "binchuan.officer1", [-1]), source="pigeon"))
    assert shown == []
    store.store(tracker_batch(world, "binchuan.officer1", [-1]))
    assert [position["source"] for position in shown] == ["osmand"]


def test_the_map_is_told_only_of_what_moved_forward(world: World) -> None:
    shown: list[dict[str, Any]] = []
    store = FixStore(world.database, shown.extend)
    store.store(tracker_batch(world, "binchuan.officer1", [-5]))
    store.store(tracker_batch(world, "binchuan.officer1", [-60, -50]))
    store.store(tracker_batch(world, "binchuan.officer1", [-5]))
    assert [position["longitude"] for position in shown] == [100.4995]


def test_the_last_known_place_never_moves_back_under_many_writers(world: World) -> None:
    stores = [FixStore(world.database) for _ in range(4)]
    observed: list[str] = []
    finished = threading.Event()

    def write(writer: int) -> None:
        for step in range(30):
            # Each of four backends has its own quarter of the way, and sends it last part first half of the time.
            second = -(step if writer % 2 else 29 - step) * 4 - writer
            stores[writer].store(tracker_batch(world, "binchuan.officer1", [second], "one phone"))

    def watch() -> None:
        while not finished.is_set():
            with world.database.reading() as work:
                found = work.session.execute(
                    text("SELECT fixed_at FROM last_known WHERE device_id = 'one phone'")
                )
                observed.extend(str(value) for value in found.scalars())

    with ThreadPoolExecutor(5) as pool:
        watching = pool.submit(watch)
        list(pool.map(write, range(4)))
        finished.set()
        watching.result()
    assert observed == sorted(observed)
    assert len(whole_track(world, "binchuan.officer1")) == 120
    assert last_known(world.sign_in("binchuan.commander"))["one phone"]["longitude"] == pytest.approx(100.5)
