"""Keeping fixes: many requests share one commit, a fix kept twice is kept once, the last known only moves forward.

The first request to get its turn gathers for a few milliseconds what the others bring, writes it all in one
transaction, and each request answers only after that commit (one row a commit is what holds a server back). What one
request must not do, or cannot be stored, fails alone.
"""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from backend.core.database import Database
from backend.core.problems import Problem
from backend.people.contact import KEPT_TO, record_contacts
from backend.tracking.map_labels import MapLabels
from backend.tracking.rows import insert_fixes, last_known_row, move_last_known, row_of, to_milliseconds
from backend.tracking.trackers import KnownTrackers, closed_trackers
from backend.tracking.views import last_known_to_wire
from geo.fixes import Fix, last_known, without_duplicates

GATHER_SECONDS = 0.025
"""At 100 fixes a second two or three share a commit; nobody sees so short a time on a map."""
Moved = Callable[[list[dict[str, Any]]], None]


@dataclass(eq=False)
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

    @property
    def is_tracker(self) -> bool:
        """Whether a native tracker sent it, whose only proof is its token; a phone has a session."""
        return self.source != "pwa"


class FixStore:
    """The one way fixes get into the database of this process."""

    def __init__(self, database: Database, moved: Moved | None = None) -> None:
        self.database = database
        self.moved: Moved = moved or (lambda _positions: None)
        self.trackers = KnownTrackers(database)
        self._labels = MapLabels()
        self._contacts: dict[str, datetime] = {}
        self._waiting: list[FixBatchToStore] = []
        self._turn = threading.Lock()
        self._line = threading.Lock()

    def store(self, batch: FixBatchToStore) -> FixBatchToStore:
        """Keep a batch durably before returning; raise what the commit raised, 403.3 for a revoked tracker."""
        received = len(batch.fixes)
        batch.fixes = without_duplicates(batch.device_id, batch.fixes)
        with self._line:
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
        with self._line:
            # Without it a thread between looking up the list and appending to it would join one written already.
            batches, self._waiting = self._waiting, []
        try:
            self._write(batches)
        except SQLAlchemyError as error:
            # One request's row that the database refuses must not cost the others theirs.
            for batch in batches:
                batch.error = self._error_alone(batch) if len(batches) > 1 else error
        except BaseException as error:  # noqa: BLE001 - each request raises it itself
            for batch in batches:
                batch.error = error
        finally:
            for batch in batches:
                batch.done = True

    def _error_alone(self, batch: FixBatchToStore) -> Exception | None:
        try:
            self._write([batch])
        except Exception as error:  # noqa: BLE001 - the request raises it itself
            return error
        return batch.error if isinstance(batch.error, Exception) else None

    def _write(self, batches: Sequence[FixBatchToStore]) -> None:
        with self.database.writing() as work:
            connection = work.session.connection()
            trackers = {batch.device_id: batch.user_id for batch in batches if batch.is_tracker}
            closed = closed_trackers(work.session, trackers)
            taken = [batch for batch in batches if not batch.is_tracker or batch.device_id not in closed]
            owners, rows = new_rows(taken, work.now)
            kept = insert_fixes(connection, work.dialect, rows)
            newest = {row["device_id"]: row for row in newest_rows(taken, work.now)}
            moved, version = move_last_known(connection, work.dialect, newest.values())
            contacts = self._phones_to_note(
                {batch.device_id for batch in taken if not batch.is_tracker}, work.now
            )
            record_contacts(work, contacts)
            people = {newest[device_id]["user_id"] for device_id in moved}
            labels = self._labels.of(work.session, people, version)
        for key in kept:
            owners[key].stored += 1
        for batch in batches:
            if batch.is_tracker and batch.device_id in closed:
                batch.error = Problem("403.3")
        self._contacts.update(dict.fromkeys(contacts, work.now))
        self.moved(
            [
                last_known_to_wire(newest[device_id], labels[newest[device_id]["user_id"]])
                for device_id in moved
            ]
        )

    def _phones_to_note(self, device_ids: set[str], now: datetime) -> list[str]:
        """Return the phones whose last note of contact is old enough for another, in the order of their ids."""
        return sorted(
            device_id
            for device_id in device_ids
            if (noted := self._contacts.get(device_id)) is None or now - noted >= KEPT_TO
        )


Key = tuple[str, datetime]


def new_rows(
    batches: Iterable[FixBatchToStore], now: datetime
) -> tuple[dict[Key, FixBatchToStore], list[dict[str, Any]]]:
    """Return whose each row is, and the rows in the order of their keys.

    The order lets two backends that write the same fixes wait for each other and never deadlock.
    """
    owners: dict[Key, FixBatchToStore] = {}
    rows: dict[Key, dict[str, Any]] = {}
    for batch in batches:
        for fix in batch.fixes:
            key = (batch.device_id, to_milliseconds(fix.fixed_at))
            if key not in rows:
                owners[key] = batch
                rows[key] = row_of(batch.device_id, batch.user_id, batch.court_id, batch.source, fix, now)
    return owners, [rows[key] for key in sorted(rows)]


def newest_rows(batches: Iterable[FixBatchToStore], now: datetime) -> list[dict[str, Any]]:
    """Return each device's newest fix as a row of last known positions, in the order of the devices."""
    newest: dict[str, tuple[FixBatchToStore, Fix]] = {}
    for batch in batches:
        known = [newest[batch.device_id][1]] if batch.device_id in newest else []
        fix = last_known([*batch.fixes, *known])
        if fix is not None:
            newest[batch.device_id] = (batch, fix)
    return [
        last_known_row(device_id, batch.user_id, batch.court_id, batch.source, fix, now)
        for device_id, (batch, fix) in sorted(newest.items())
    ]
