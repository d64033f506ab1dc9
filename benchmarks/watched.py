"""The watcher under load: 100,000 running clocks, a steady 200 breaches a minute, and what finished clocks cost it."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from backend.core.database import Database
from backend.core.identifiers import new_identifier
from backend.deadlines.rules import ClockState
from backend.deadlines.tables import DeadlineClock
from backend.deadlines.watcher import ClockWatcher
from benchmarks.measure import percentile

RUNNING = 100_000
BREACHES_A_MINUTE = 200
BATCH = 2_000
PASS_EVERY_SECONDS = 1.0


def measure_watcher(database: Database, seconds: float) -> dict[str, float]:
    """Return seconds of passes and lags from a limit to the act, and an idle pass before and after 100,000 finished."""
    now = datetime.now(UTC)
    add(database, (clock(now - timedelta(hours=1), now + timedelta(hours=3)) for _ in range(RUNNING)))
    watcher = ClockWatcher(database)
    idle = best_pass(watcher)
    begin = datetime.now(UTC) + timedelta(seconds=1)
    add(database, falling_due(begin, seconds))
    passes = watch(watcher, begin + timedelta(seconds=seconds + 1))
    lags = lags_of(database)
    finished = {"state": ClockState.MET, "stopped_at": now - timedelta(minutes=30), "next_look_at": None}
    add(
        database,
        ({**clock(now - timedelta(hours=1), now), **finished} for _ in range(RUNNING)),
    )
    return {
        "watch_pass_p50": percentile(passes, 0.5),
        "watch_pass_p99": percentile(passes, 0.99),
        "watch_lag_p50": percentile(lags, 0.5),
        "watch_lag_p99": percentile(lags, 0.99),
        "watch_breaches": len(lags),
        "watch_idle": idle * 1000,
        "watch_idle_finished": best_pass(watcher) * 1000,
    }


def clock(started_at: datetime, due_at: datetime) -> dict[str, Any]:
    """Return a running clock of Binchuan as its row."""
    return {
        "id": new_identifier(),
        "revision": 1,
        "clock": "C6",
        "rulebook_id": "bss_2017",
        "clause": "BSS-8",
        "kind": "rule",
        "subject_kind": "directive",
        "subject_id": new_identifier(),
        "court_id": "binchuan",
        "title": "测速",
        "started_at": started_at,
        "limit_seconds": int((due_at - started_at).total_seconds()),
        "due_at": due_at,
        "regime": "working",
        "provisional": False,
        "state": ClockState.RUNNING,
        "stopped_at": None,
        "warnings": [],
        "warnings_given": 0,
        "tell": [],
        "next_look_at": due_at,
    }


def falling_due(begin: datetime, seconds: float) -> Iterator[dict[str, Any]]:
    """Yield clocks whose limits pass evenly from an instant on, so many a minute."""
    for number in range(int(seconds * BREACHES_A_MINUTE / 60)):
        due_at = begin + timedelta(seconds=number * 60 / BREACHES_A_MINUTE)
        yield clock(due_at - timedelta(minutes=30), due_at)


def add(database: Database, rows: Iterator[dict[str, Any]]) -> None:
    """Keep clocks straight in the table."""
    writing = database.engine.execution_options(lingda_writing=True)
    with writing.begin() as connection:
        batch: list[dict[str, Any]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                connection.execute(insert(DeadlineClock), batch)
                batch = []
        if batch:
            connection.execute(insert(DeadlineClock), batch)


def watch(watcher: ClockWatcher, until: datetime) -> list[float]:
    """Run a pass a second, as the worker does, and return how long those took that had something to do."""
    took = []
    while datetime.now(UTC) < until:
        begin = time.monotonic()
        if watcher():
            took.append(time.monotonic() - begin)
        time.sleep(max(0.0, PASS_EVERY_SECONDS - (time.monotonic() - begin)))
    return took


def best_pass(watcher: ClockWatcher) -> float:
    """Return the seconds of the best of twenty passes with nothing to do."""
    took = []
    for _ in range(20):
        begin = time.monotonic()
        watcher()
        took.append(time.monotonic() - begin)
    return min(took)


def lags_of(database: Database) -> list[float]:
    """Return how long after its limit each breach was detected, in seconds."""
    with database.reading() as work:
        rows = work.session.execute(
            select(DeadlineClock.detected_at, DeadlineClock.due_at).where(
                DeadlineClock.state == ClockState.BREACHED
            )
        ).all()
    return [(detected_at - due_at).total_seconds() for detected_at, due_at in rows if detected_at]
