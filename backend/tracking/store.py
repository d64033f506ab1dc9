"""Keeping fixes: many requests share one commit, a fix kept twice is kept once, the last known only moves forward.

The first request to get its turn gathers for a few milliseconds what the others bring, writes it all in one
transaction, and each request answers only after that commit (one row a commit is what holds a server back).
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from backend.core.database import Database, UnitOfWork
from backend.tracking.tables import LastKnownFix, StoredFix
from backend.tracking.views import describe_last_known
from geo.fixes import Fix, last_known, without_duplicates

GATHER_SECONDS = 0.004


@dataclass
class FixBatchToStore:
    """The fixes of one request, and what became of them once they are committed."""

    device_id: str
    user_id: str
    court_id: str
    source: str
    fixes: list[Fix]
    stored: int = 0
    duplicates: int = 0
    error: BaseException | None = None
    done: bool = field(default=False)


Moved = Callable[[list[dict[str, Any]]], None]


class FixStore:
    """The one way fixes get into the database of this process."""

    def __init__(self, database: Database, moved: Moved | None = None) -> None:
        self.database = database
        self.moved: Moved = moved or (lambda _positions: None)
        self._waiting: list[FixBatchToStore] = []
        self._turn = threading.Lock()

    def store(self, batch: FixBatchToStore) -> FixBatchToStore:
        """Keep a batch durably before returning; raise what the commit raised."""
        received = len(batch.fixes)
        batch.fixes = without_duplicates(batch.device_id, batch.fixes)
        self._waiting.append(batch)
        with self._turn:
            if not batch.done:
                self._write_together()
        if batch.error is not None:
            raise batch.error
        batch.duplicates = received - batch.stored
        return batch

    def _write_together(self) -> None:
        time.sleep(GATHER_SECONDS)
        batches, self._waiting = self._waiting, []
        try:
            with self.database.writing() as work:
                keep_fixes(work, batches)
                positions = move_last_known(work, batches)
        except BaseException as error:  # noqa: BLE001 - each request raises it itself
            for batch in batches:
                batch.error = error
        else:
            self.moved(positions)
        finally:
            for batch in batches:
                batch.done = True


def to_milliseconds(instant: datetime) -> datetime:
    """Return the instant in whole milliseconds: the time that makes a resent fix the same one."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def keep_fixes(work: UnitOfWork, batches: list[FixBatchToStore]) -> None:
    """Insert the fixes that are new; a device and time kept before stays as it is."""
    owners: dict[tuple[str, datetime], FixBatchToStore] = {}
    rows: dict[tuple[str, datetime], dict[str, Any]] = {}
    for batch in batches:
        for fix in batch.fixes:
            key = (batch.device_id, to_milliseconds(fix.fixed_at))
            if key not in rows:
                owners[key], rows[key] = batch, row_of(batch, fix, work.now)
    if not rows:
        return
    upsert = sqlite_insert if work.dialect == "sqlite" else postgresql_insert
    # In the order of the key, so that two backends that write the same fixes wait for each other and never deadlock.
    statement = upsert(StoredFix).on_conflict_do_nothing().returning(StoredFix.device_id, StoredFix.fixed_at)
    for device_id, fixed_at in work.session.execute(statement, [rows[key] for key in sorted(rows)]):
        owners[device_id, fixed_at].stored += 1


def row_of(batch: FixBatchToStore, fix: Fix, now: datetime) -> dict[str, Any]:
    """Return a fix as a row of the table."""
    return {
        "device_id": batch.device_id,
        "fixed_at": to_milliseconds(fix.fixed_at),
        "received_at": now,
        "user_id": batch.user_id,
        "court_id": batch.court_id,
        "position": f"SRID=4326;POINT({fix.longitude!r} {fix.latitude!r})",
        "accuracy_m": fix.accuracy_m,
        "altitude_m": fix.altitude_m,
        "speed_m_s": fix.speed_m_s,
        "heading": fix.heading,
        "battery_percent": fix.battery_percent,
        "mock": fix.mock,
        "source": batch.source,
    }


def move_last_known(work: UnitOfWork, batches: list[FixBatchToStore]) -> list[dict[str, Any]]:
    """Move each device's last known position forward, never back; return those that moved, described."""
    newest: dict[str, tuple[FixBatchToStore, Fix]] = {}
    for batch in batches:
        fix = last_known([*batch.fixes, *([newest[batch.device_id][1]] if batch.device_id in newest else [])])
        if fix is not None:
            newest[batch.device_id] = (batch, fix)
    if not newest:
        return []
    upsert = sqlite_insert if work.dialect == "sqlite" else postgresql_insert
    insert = upsert(LastKnownFix)
    columns = [column.name for column in LastKnownFix.__table__.columns if column.name != "device_id"]
    statement = insert.on_conflict_do_update(
        index_elements=["device_id"],
        set_={name: insert.excluded[name] for name in columns},
        where=insert.excluded.fixed_at > LastKnownFix.fixed_at,
    ).returning(LastKnownFix.device_id)
    rows = [last_known_row(*newest[device_id], work.now) for device_id in sorted(newest)]
    moved = set(work.session.execute(statement, rows).scalars())
    found = work.session.execute(select(LastKnownFix).where(LastKnownFix.device_id.in_(moved))).scalars()
    return describe_last_known(work.session, list(found))


def last_known_row(batch: FixBatchToStore, fix: Fix, now: datetime) -> dict[str, Any]:
    """Return a fix as a row of last known positions."""
    return {
        "device_id": batch.device_id,
        "user_id": batch.user_id,
        "court_id": batch.court_id,
        "longitude": fix.longitude,
        "latitude": fix.latitude,
        "accuracy_m": fix.accuracy_m,
        "speed_m_s": fix.speed_m_s,
        "heading": fix.heading,
        "battery_percent": fix.battery_percent,
        "fixed_at": to_milliseconds(fix.fixed_at),
        "received_at": now,
        "source": batch.source,
    }
