"""Done 6: twenty writers on PostGIS whose transactions end in another order than they began; no reader misses an event."""

import random
import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from backend.core.database import Database
from backend.core.outbox import read_feed, sequence_events, server_state
from backend.core.permissions import Actor
from backend.core.tables import OutboxEvent
from backend.core.tail import OutboxTail
from tests.support.postgis import Cluster

WRITERS = 20
EVENTS_EACH = 12
SEED = 20260303
READER = Actor("u1", "x.y", "某", "binchuan", reach={"directive.read": frozenset({"binchuan"})})
ROOM = "directive.read@binchuan"


class Reader(threading.Thread):
    """Reads the cursor feed without a pause until told that nothing more comes."""

    def __init__(self, url: str, since: int) -> None:
        super().__init__()
        self.database = Database(url)
        self.since = since
        self.seen: list[tuple[int, str]] = []
        self.nothing_more = threading.Event()

    def run(self) -> None:
        """Read on; one more time after the end was announced."""
        last_round = False
        while not last_round:
            last_round = self.nothing_more.is_set()
            with self.database.reading() as work:
                _, self.since, events = read_feed(work, READER, self.since, None)
            self.seen += [(event["cursor"], event["subject_id"]) for event in events]
        self.database.close()


@pytest.fixture
def url(postgis_cluster: Cluster, postgis_template: str) -> str:
    return postgis_cluster.create_database(f"interleaved_{time.monotonic_ns()}", postgis_template)


def write_slowly(database: Database, name: str, chance: random.Random, turn: threading.Barrier) -> None:
    """Insert early, commit late: the event's id is taken long before others that are committed first."""
    for number in range(EVENTS_EACH):
        turn.wait()
        with database.writing() as work:
            work.publish("directive.changed", f"{name}-{number}", number, "binchuan", [ROOM], {})
            work.session.flush()
            work.session.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": chance.uniform(0, 0.05)})


class Followers:
    """Two tails as of two backends, and two readers of the feed; all are ended with the test."""

    def __init__(self, url: str, start: int) -> None:
        self.delivered: list[list[int]] = [[], []]
        self.tails = [
            OutboxTail(Database(url), lambda rows, heard=heard: heard.extend(row.cursor for row in rows))
            for heard in self.delivered
        ]
        self.readers = [Reader(url, start) for _ in range(2)]
        self.threads = [*(threading.Thread(target=tail.run) for tail in self.tails), *self.readers]

    def __enter__(self) -> "Followers":
        for thread in self.threads:
            thread.start()
        for tail in self.tails:
            until(lambda tail=tail: tail.cursor is not None)
        return self

    def __exit__(self, *_: object) -> None:
        for tail in self.tails:
            tail.stop()
        for reader in self.readers:
            reader.nothing_more.set()
        for thread in self.threads:
            thread.join()
        for tail in self.tails:
            tail.database.close()


def test_no_reader_misses_an_event_and_each_sees_it_once_and_in_order(url: str) -> None:
    database = Database(url)
    sequence_events(database)
    with database.reading() as work:
        start = server_state(work.session).last_cursor
    everything = start + WRITERS * EVENTS_EACH
    with Followers(url, start) as followers:
        turn = threading.Barrier(WRITERS)
        writers = [
            threading.Thread(
                target=write_slowly, args=(database, f"w{number}", random.Random(SEED + number), turn)
            )
            for number in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        for tail in followers.tails:
            until(lambda tail=tail: tail.cursor == everything)

    with database.reading() as work:
        mine = OutboxEvent.cursor > start
        committed = work.session.execute(
            select(OutboxEvent.id, OutboxEvent.cursor, OutboxEvent.subject_id).where(mine)
        ).all()
    by_id = [row.subject_id for row in sorted(committed, key=lambda row: row.id)]
    by_cursor = [row.subject_id for row in sorted(committed, key=lambda row: row.cursor)]
    assert by_id != by_cursor, "no transaction overtook another: the test proves nothing"
    expected = list(enumerate(by_cursor, start=start + 1))
    assert len(expected) == WRITERS * EVENTS_EACH
    for reader in followers.readers:
        assert reader.seen == expected
    for heard in followers.delivered:
        assert heard == [cursor for cursor, _ in expected]
    assert sequence_events(database) == 0
    database.close()


def until(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.005)
