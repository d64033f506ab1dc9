"""The two kinds of engine and their manners: how each begins, how long it waits, and when it says "come again".

SQLite never waits long inside the library, where one green thread would stop all others: it is asked again after a
cooperative pause (design.md 2; measured in ADR 0002).
"""

import random
import time
from collections.abc import Callable
from typing import Any

import pysqlite3
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from backend.core.settings import SettingError

SPATIALITE = "mod_spatialite"
BUSY_TIMEOUT_MILLISECONDS = 20
FIRST_PAUSE_SECONDS = 0.002
LONGEST_PAUSE_SECONDS = 0.05
CONNECT_SECONDS = 5
MOST_CONNECTIONS = 30
"""All of them kept: opening one for every request beyond fewer cost PostgreSQL four times the work (measured)."""
BUSY_STATES = ("55P03", "40001", "40P01")
"""PostgreSQL: lock not available, serialisation failure, deadlock."""
OUT_OF_REACH_CLASSES = ("08", "53", "57")
"""PostgreSQL: connection lost, resources exhausted, shut down or cancelled by its operator."""


def make_engine(url: str, longest_wait_seconds: float) -> Engine:
    """Make the engine for a SpatiaLite file or a PostGIS server, with the settings of ADR 0002.

    Errors never carry the values of a statement: they end up in logs, and a value may be a reporter's name.
    """
    if url.startswith("sqlite:"):
        return _sqlite_engine(url)
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=MOST_CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=10,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": f"-c lock_timeout={int(longest_wait_seconds * 1000)}",
        },
    )


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        module=pysqlite3,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
        pool_size=MOST_CONNECTIONS,
        max_overflow=0,
        pool_timeout=10,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        load_spatialite_or_say(connection)
        # After the extension, never before: loading it sets the busy timeout back to five seconds (measured).
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        options = connection.get_execution_options()
        if options.get("lingda_looking"):
            return
        writing = bool(options.get("lingda_writing"))
        try:
            _begin(connection.connection.driver_connection, writing=writing)
        except pysqlite3.OperationalError as error:
            raise OperationalError("BEGIN", None, error) from error

    return engine


def without_transaction(engine: Engine) -> Engine:
    """Return the engine for single questions: no BEGIN before and no ROLLBACK after."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(lingda_looking=True)
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _begin(raw: Any, *, writing: bool) -> None:
    raw.execute(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
    if writing:
        raw.execute("BEGIN IMMEDIATE")
        return
    raw.execute("BEGIN")
    # The snapshot is taken by the first look and not by BEGIN; taken here, it is retried here when it must wait.
    raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()


def load_spatialite_or_say(connection: Any) -> None:
    """Load mod_spatialite into a connection, or raise one sentence that says what to install."""
    try:
        connection.enable_load_extension(True)
        connection.load_extension(SPATIALITE)
        connection.enable_load_extension(False)
    except (pysqlite3.OperationalError, AttributeError) as error:
        raise SettingError(
            "SpatiaLite is missing; install it with: apt-get install libsqlite3-mod-spatialite"
        ) from error


def create_spatial_metadata(engine: Engine) -> None:
    """Make SpatiaLite's own tables once (WGS-84 only: 0.5 s instead of 35 s) and switch the file to WAL."""
    if engine.dialect.name != "sqlite":
        return
    # Half a second of imports that only the first start of an installation needs.
    from geoalchemy2.admin.dialects.sqlite import init_spatialite  # noqa: PLC0415

    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA query_only = OFF")
        raw.execute("PRAGMA journal_mode = WAL")
        found = raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'spatial_ref_sys'").fetchone()[0]
        if not found:
            init_spatialite(raw, transaction=True, init_mode="WGS84")


def patiently(begin: Callable[[], None], undo: Callable[[], None], seconds: float) -> None:
    """Begin a transaction, pausing cooperatively while another process is in the way; raise its error at the end."""
    give_up_at = time.monotonic() + seconds
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            begin()
        except OperationalError as error:
            undo()
            if not is_locked(error) or time.monotonic() > give_up_at:
                raise
            # Unevenly, so that several waiting processes do not come back together.
            time.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        else:
            return


def is_locked(error: DBAPIError) -> bool:
    """Tell whether another process holds the SQLite file at this moment."""
    return "is locked" in str(error.orig)


def come_again(error: BaseException) -> bool:
    """Tell whether the database is only busy or out of reach for now, so that the same act may succeed later."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or is_locked(error):
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in BUSY_STATES or state[:2] in OUT_OF_REACH_CLASSES
    # psycopg has no state for a connection that was refused or broke.
    return type(error.orig).__module__.startswith("psycopg") and isinstance(error, OperationalError)
