"""Who saw what is secret: noted for every reader, once an hour and way, and never changed (BSS-6, BSS-12(6); ADR 0034).

Who opens a thing is written down before the answer leaves. Who is shown a list is noted in memory at once and written
within seconds, so that a board is read as quickly as before, and also while another process holds the write lock.
"""

import threading
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from backend.core.database import Database, UnitOfWork
from backend.core.permissions import Actor
from backend.core.tables import Viewing
from backend.core.web import actor, services


class Way(StrEnum):
    """How somebody saw a thing; `order_…`: by an order that rests on it."""

    LISTED = "listed"
    OPENED = "opened"
    PRINTED = "printed"
    REPORTER = "reporter"
    EXPORTED = "exported"
    SEARCHED = "searched"
    ORDER_LISTED = "order_listed"
    ORDER_OPENED = "order_opened"
    ORDER_PRINTED = "order_printed"


Seen = tuple[str, str, str, Way]


class ViewingBook:
    """What this process has to write, and what of the present hour it has written already."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._hour: datetime | None = None
        self._written: set[Seen] = set()
        self._waiting: dict[tuple[Seen, datetime], dict[str, Any]] = {}
        self._turn = threading.Lock()

    def note(self, asking: Actor, way: Way, subject_kind: str, subject_ids: Iterable[str]) -> None:
        """Note that somebody is shown these things now; it is written within seconds."""
        now = self.database.clock.now()
        hour = now.replace(minute=0, second=0, microsecond=0)
        with self._turn:
            if hour != self._hour:
                self._hour, self._written = hour, set()
            for subject_id in subject_ids:
                seen = (subject_kind, subject_id, asking.user_id, way)
                if seen in self._written or (seen, hour) in self._waiting:
                    continue
                self._waiting[seen, hour] = {
                    "subject_kind": subject_kind,
                    "subject_id": subject_id,
                    "actor_id": asking.user_id,
                    "way": str(way),
                    "hour": hour,
                    "at": now,
                    "actor_name": asking.name,
                    "court_id": asking.court_id,
                    "device_id": asking.device_id,
                }

    def write(self) -> None:
        """Write what was noted, in one transaction; what cannot be written now stays for the next time."""
        with self._turn:
            taken = dict(self._waiting)
        if not taken:
            return
        with self.database.writing() as work:
            # In one order, so that two backends that write the same lines never wait for each other.
            insert_viewings(work, [taken[key] for key in sorted(taken)])
        with self._turn:
            for key in taken:
                self._waiting.pop(key, None)
                if key[1] == self._hour:
                    self._written.add(key[0])


def insert_viewings(work: UnitOfWork, rows: list[dict[str, Any]]) -> None:
    """Insert the rows that are not there yet."""
    insert = (sqlite_insert if work.dialect == "sqlite" else postgresql_insert)(Viewing)
    work.session.execute(insert.on_conflict_do_nothing(), rows)


def viewing_book() -> ViewingBook:
    """Return the book of the running application."""
    book: ViewingBook = services().extras["viewings"]
    return book


def note_listed(subject_kind: str, subject_ids: Iterable[str], way: Way = Way.LISTED) -> None:
    """Note that whoever is asking is shown these things in a list."""
    viewing_book().note(actor(), way, subject_kind, subject_ids)


def note_titles(shown: Iterable[tuple[str, str, str | None]]) -> None:
    """Note the leads among the subjects (kind, id, title) whose titles whoever is asking is shown: they say where."""
    note_listed("lead", {subject_id for kind, subject_id, title in shown if kind == "lead" and title})


def write_viewing(subject_kind: str, subject_id: str, way: Way) -> None:
    """Write that whoever is asking saw the thing; call it before answering and outside any unit of work."""
    book = viewing_book()
    book.note(actor(), way, subject_kind, [subject_id])
    book.write()


def viewings_of(
    session: Session,
    subject_kind: str,
    subject_id: str,
    *,
    begin: datetime | None = None,
    before: datetime | None = None,
    people: Iterable[str] | None = None,
    limit: int = 500,
) -> list[Viewing]:
    """Return who saw the thing in the stretch of time, the last first; `people` leaves only theirs."""
    query = select(Viewing).where(Viewing.subject_kind == subject_kind, Viewing.subject_id == subject_id)
    if begin is not None:
        query = query.where(Viewing.at >= begin)
    if before is not None:
        query = query.where(Viewing.at < before)
    if people is not None:
        query = query.where(Viewing.actor_id.in_(set(people)))
    return list(session.execute(query.order_by(Viewing.at.desc(), Viewing.actor_id).limit(limit)).scalars())
