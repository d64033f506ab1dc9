"""The database and its unit of work: one commit for effect, audit line and outbox row, and never a yield inside it.

SQLite has one writer: a lock per process and `BEGIN IMMEDIATE` with a short busy timeout and a cooperative retry, so
that no green thread sleeps while it holds the database. PostgreSQL writes at READ COMMITTED; rows that two people may
change are locked by the acts themselves.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, text
from sqlalchemy.orm import Session

from backend.core.clock import Clock, SystemClock
from backend.core.engines import come_again, make_engine, patiently, without_transaction
from backend.core.events import Event, EventBus
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.tables import AuditEntry, OutboxEvent
from backend.core.work_session import WorkSession, undo

log = logging.getLogger(__name__)
LONGEST_WAIT_SECONDS = 15.0
"""How long a write waits for its turn before it answers 503.1."""


class UnauditedWriteError(RuntimeError):
    """A unit of work wanted to commit a change with no audit line or no permission check: a bug of ours."""


class UnitOfWork:
    """One transaction: its session, its instant, and the only way to write, audit, publish and raise events."""

    def __init__(self, session: Session, now: datetime, bus: EventBus, dialect: str) -> None:
        self.session = session
        self.now = now
        self.dialect = dialect
        self._bus = bus
        self._changed: set[str] = session.info.setdefault("changed", set())
        self._audited = False
        self._authorised = False
        self._published: dict[tuple[str, str], OutboxEvent] = {}
        self._after_commit: list[Callable[[], None]] = []

    def authorise(self, actor: Actor, permission: str, court_id: str | None = None) -> None:
        """Demand the permission of the actor; a unit of work that never did so cannot commit a change."""
        actor.demand(permission, court_id)
        self._authorised = True

    def authorise_by_rule(self, _reason: str) -> None:
        """Say that a rule other than the permission map allowed this act (a member of the team, the clock itself)."""
        self._authorised = True

    def audit(
        self,
        actor: Actor,
        action: str,
        subject_kind: str,
        subject_id: str,
        court_id: str,
        occurred_at: datetime | None = None,
        **detail: Any,
    ) -> AuditEntry:
        """Write the audit line of an act; `detail` is JSON and never holds a reporter's identity."""
        self._audited = True
        entry = AuditEntry(
            recorded_at=self.now,
            occurred_at=occurred_at or self.now,
            actor_id=actor.user_id,
            actor_name=actor.name,
            device_id=actor.device_id,
            court_id=court_id,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            detail=detail,
        )
        self.session.add(entry)
        return entry

    def publish(
        self,
        kind: str,
        subject_id: str,
        revision: int,
        court_id: str,
        rooms: list[str],
        data: dict[str, Any],
        team_id: str | None = None,
    ) -> None:
        """Put a live event in the outbox; it is seen by the rooms named, once this transaction has committed.

        What one transaction tells twice of a subject is told once, as it stands at the end.
        """
        if not rooms:
            raise ValueError(f"{kind} names no room: nobody would be told, or everybody")
        told = self._published.get((kind, subject_id))
        if told is not None:
            told.revision, told.data, told.rooms = revision, data, sorted({*told.rooms, *rooms})
            return
        row = OutboxEvent(
            kind=kind,
            subject_id=subject_id,
            revision=revision,
            court_id=court_id,
            team_id=team_id,
            at=self.now,
            rooms=sorted(set(rooms)),
            data=data,
        )
        self.session.add(row)
        self._published[kind, subject_id] = row

    def raise_event(self, happened: Event) -> None:
        """Tell the other rooms, inside this transaction, that something happened."""
        self._bus.raise_event(self, happened)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Call the action once this transaction has committed, never when it has not."""
        self._after_commit.append(action)

    def finish(self) -> None:
        """Flush, hold the change against its audit line and permission check, and number the events on SQLite."""
        self.session.flush()
        if self._changed and not (self._audited and self._authorised):
            missing = "an audit line" if not self._audited else "a permission check"
            raise UnauditedWriteError(f"a change of {sorted(self._changed)} without {missing}")
        if not self._published:
            return
        if self.dialect == "sqlite":
            last = self.session.execute(
                text(
                    "UPDATE server_state SET last_cursor = last_cursor + :count WHERE id = 1 RETURNING last_cursor"
                ),
                {"count": len(self._published)},
            ).scalar_one()
            for offset, row in enumerate(reversed(self._published.values())):
                row.cursor = last - offset
            self.session.flush()
        else:
            self.session.execute(text("NOTIFY lingda_outbox"))

    def refuse_writes(self) -> None:
        """Raise UnauditedWriteError when something was written to that only reads."""
        session = self.session
        if session.new or session.deleted or any(session.is_modified(row) for row in session.dirty):
            raise UnauditedWriteError("a change inside reading() would be lost")

    def run_after_commit(self) -> None:
        """Run what waited for the commit; what fails there is logged, for the act itself is done."""
        for action in self._after_commit:
            try:
                action()
            except Exception:
                log.exception("something that waited for a commit failed")


class Database:
    """One database of either kind; gives out units of work."""

    def __init__(self, url: str, clock: Clock | None = None, bus: EventBus | None = None) -> None:
        self.url = url
        self.clock = clock or SystemClock()
        self.bus = bus or EventBus()
        self.engine = make_engine(url, LONGEST_WAIT_SECONDS)
        self.dialect = self.engine.dialect.name
        self._looking = without_transaction(self.engine)
        self._writer = threading.Lock()
        self._writer_id: int | None = None

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that commits at the end of the block, and undoes everything on any exception.

        Raises 503.1 when the database is busy, out of reach, or lost on the way; the block may be tried again then.
        """
        with self._turn(), WorkSession(self.engine, expire_on_commit=False) as session:
            work = self._unit(session, {"lingda_writing": True})
            try:
                yield work
                work.finish()
                session.commit()
            except BaseException as error:
                undo(session)
                if come_again(error):
                    raise Problem("503.1") from error
                raise
        work.run_after_commit()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Open a unit of work on one consistent snapshot that cannot be written to; 503.1 as `writing` does."""
        with WorkSession(self.engine, expire_on_commit=False) as session:
            options = (
                {}
                if self.dialect == "sqlite"
                else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            )
            work = self._unit(session, options)
            try:
                yield work
                work.refuse_writes()
            except BaseException as error:
                if come_again(error):
                    raise Problem("503.1") from error
                raise
            finally:
                # What was read stays readable after the snapshot is gone; a rollback would expire it.
                session.expunge_all()
                undo(session)

    def look(self, question: Executable, **values: Any) -> tuple[Any, ...] | None:
        """Return the first row of one SELECT, asked with no transaction around it; 503.1 as `reading` does.

        For what every request of everybody asks first: a snapshot for a single statement would double its price.
        """
        found: list[tuple[Any, ...] | None] = []

        def ask() -> None:
            with self._looking.connect() as connection:
                row = connection.execute(question, values).first()
                found.append(None if row is None else tuple(row))

        try:
            patiently(ask, lambda: None, LONGEST_WAIT_SECONDS)
        except Exception as error:
            if come_again(error):
                raise Problem("503.1") from error
            raise
        return found[0]

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let one thread of this process write at a time on SQLite, so that only one waits for other processes."""
        if self.dialect != "sqlite":
            yield
            return
        if self._writer_id == threading.get_ident():
            raise RuntimeError("a unit of work was opened inside another: join the caller's instead")
        if not self._writer.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise Problem("503.1")
        self._writer_id = threading.get_ident()
        try:
            yield
        finally:
            self._writer_id = None
            self._writer.release()

    def _unit(self, session: Session, options: dict[str, Any]) -> UnitOfWork:
        def begin() -> None:
            session.connection(execution_options=options)

        try:
            patiently(begin, lambda: undo(session), LONGEST_WAIT_SECONDS)
        except Exception as error:
            if come_again(error):
                raise Problem("503.1") from error
            raise
        return UnitOfWork(session, self.clock.now(), self.bus, self.dialect)
