"""The database and its unit of work: one commit for effect, audit line and outbox row, and never a yield inside it.

SQLite has one writer: a lock per process and `BEGIN IMMEDIATE` with a short busy timeout and a cooperative retry, so
that no green thread sleeps while it holds the database. PostgreSQL writes at READ COMMITTED; rows that two people may
change are locked by the acts themselves.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pysqlite3
from geoalchemy2.admin.dialects.sqlite import init_spatialite
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from backend.core.clock import Clock, SystemClock
from backend.core.events import Event, EventBus
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.settings import SettingError
from backend.core.tables import AuditEntry, OutboxEvent

BUSY_TIMEOUT_MILLISECONDS = 20
LONGEST_WAIT_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 0.05
BUSY_STATES = ("55P03", "40001", "40P01")
"""PostgreSQL: lock not available, serialisation failure, deadlock."""


class UnauditedWriteError(RuntimeError):
    """A unit of work wanted to commit a change with no audit line or no permission check: a bug of ours."""


class UnitOfWork:
    """One transaction: its session, its instant, and the only way to write, audit, publish and raise events."""

    def __init__(self, session: Session, now: datetime, bus: EventBus, dialect: str) -> None:
        self.session = session
        self.now = now
        self.dialect = dialect
        self._bus = bus
        self._changed: set[str] = set()
        self._audited = False
        self._authorised = False
        self._published: list[OutboxEvent] = []
        self._after_commit: list[Callable[[], None]] = []
        event.listen(session, "after_flush", self._remember_changes)

    def _remember_changes(self, session: Session, _context: Any) -> None:
        for row in (*session.new, *session.dirty, *session.deleted):
            table = inspect(row).mapper.local_table
            if table.info.get("audited", True):
                self._changed.add(table.name)

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
        """Put a live event in the outbox; it is seen by the rooms named, once this transaction has committed."""
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
        self._published.append(row)

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
                text("UPDATE server_state SET last_cursor = last_cursor + :count WHERE id = 1 RETURNING last_cursor"),
                {"count": len(self._published)},
            ).scalar_one()
            for offset, row in enumerate(reversed(self._published)):
                row.cursor = last - offset
            self.session.flush()
        else:
            self.session.execute(text("NOTIFY lingda_outbox"))

    def run_after_commit(self) -> None:
        """Run what waited for the commit."""
        for action in self._after_commit:
            action()


class Database:
    """One database of either kind; gives out units of work."""

    def __init__(self, url: str, clock: Clock | None = None, bus: EventBus | None = None) -> None:
        self.url = url
        self.clock = clock or SystemClock()
        self.bus = bus or EventBus()
        self.engine = make_engine(url)
        self.dialect = self.engine.dialect.name
        self._writer = threading.Lock()

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that commits at the end of the block, and undoes everything on any exception."""
        if self.dialect == "sqlite":
            with self._writer, Session(self.engine, expire_on_commit=False) as session:
                begin_immediate(session)
                yield from self._unit(session)
        else:
            with Session(self.engine, expire_on_commit=False) as session:
                yield from self._unit(session)

    def _unit(self, session: Session) -> Iterator[UnitOfWork]:
        work = UnitOfWork(session, self.clock.now(), self.bus, self.dialect)
        try:
            yield work
            work.finish()
            session.commit()
        except DBAPIError as error:
            session.rollback()
            if is_busy(error):
                raise Problem("503.1") from error
            raise
        except BaseException:
            session.rollback()
            raise
        work.run_after_commit()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Open a unit of work on one consistent snapshot that cannot be written to."""
        with Session(self.engine, expire_on_commit=False) as session:
            options = {} if self.dialect == "sqlite" else {"isolation_level": "REPEATABLE READ"}
            session.connection(execution_options={**options, "lingda_reading": True})
            work = UnitOfWork(session, self.clock.now(), self.bus, self.dialect)
            try:
                yield work
            finally:
                # What was read stays readable after the snapshot is gone; a rollback would expire it.
                session.expunge_all()
                session.rollback()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def begin_immediate(session: Session) -> None:
    """Take SQLite's write lock, pausing cooperatively while another process holds it; 503.1 after 15 seconds."""
    give_up_at = time.monotonic() + LONGEST_WAIT_SECONDS
    pause = 0.002
    while True:
        try:
            session.connection(execution_options={"lingda_writing": True})
        except OperationalError as error:
            session.rollback()
            if not is_busy(error):
                raise
            if time.monotonic() > give_up_at:
                raise Problem("503.1") from error
            time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads the waiting processes
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        else:
            return


def is_busy(error: DBAPIError) -> bool:
    """Tell whether the database only asks to come again."""
    if getattr(error.orig, "sqlstate", None) in BUSY_STATES:
        return True
    return "database is locked" in str(error.orig)


def make_engine(url: str) -> Engine:
    """Make the engine for a SpatiaLite file or a PostGIS server, with the settings of ADR 0002."""
    if not url.startswith("sqlite:"):
        engine = create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, pool_timeout=10)

        @event.listens_for(engine, "begin")
        def read_only(connection: Any) -> None:
            if connection.get_execution_options().get("lingda_reading"):
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")

        return engine
    engine = create_engine(url, module=pysqlite3, connect_args={"check_same_thread": False}, pool_size=10, max_overflow=20)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        load_spatialite_or_say(connection)
        cursor = connection.cursor()
        # After the extension, never before: loading it sets the busy timeout back to five seconds (measured).
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("lingda_writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def load_spatialite_or_say(connection: Any) -> None:
    """Load mod_spatialite into a connection, or raise one sentence that says what to install."""
    try:
        connection.enable_load_extension(True)
        connection.load_extension("mod_spatialite")
        connection.enable_load_extension(False)
    except (pysqlite3.OperationalError, AttributeError) as error:
        raise SettingError(
            "SpatiaLite is missing; install it with: apt-get install libsqlite3-mod-spatialite"
        ) from error


def create_spatial_metadata(engine: Engine) -> None:
    """Make SpatiaLite's own tables once (WGS-84 only: 0.5 s instead of 35 s) and switch the file to WAL."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        has_metadata = cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'spatial_ref_sys'").fetchone()[0]
        cursor.close()
        if not has_metadata:
            init_spatialite(raw, transaction=True, init_mode="WGS84")
