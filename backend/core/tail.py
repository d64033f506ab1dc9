"""The tail of the outbox: one loop a backend that numbers committed events, reads them once and hands them on.

SQLite is asked for its `data_version` every 20 ms (a change by any process shows there); PostgreSQL tells by NOTIFY.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from backend.core.database import Database
from backend.core.outbox import read_events, sequence_events, server_state
from backend.core.tables import OutboxEvent

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 0.02
LISTEN_SECONDS = 1.0
AFTER_TROUBLE_SECONDS = 1.0


class OutboxTail:
    """Follows the outbox from where it stands now; `deliver` gets each event once, in order."""

    def __init__(self, database: Database, deliver: Callable[[list[OutboxEvent]], None]) -> None:
        self.database = database
        self.deliver = deliver
        self.cursor = 0
        self.stopping = False
        self._moved = threading.Condition()

    def run(self) -> None:
        """Follow the outbox until stopped; trouble with the database is logged and waited out."""
        with self.database.reading() as work:
            self.cursor = server_state(work.session).last_cursor
        while not self.stopping:
            try:
                for _ in self._signals():
                    self.catch_up()
                    if self.stopping:
                        return
            except Exception:
                log.exception("following the outbox failed; trying again")
                time.sleep(AFTER_TROUBLE_SECONDS)

    def stop(self) -> None:
        """End the loop at its next look."""
        self.stopping = True
        with self._moved:
            self._moved.notify_all()

    def catch_up(self) -> None:
        """Number and deliver what has been committed since the last look."""
        sequence_events(self.database)
        while True:
            with self.database.reading() as work:
                rows = read_events(work.session, self.cursor)
            if not rows:
                return
            self.deliver(rows)
            with self._moved:
                self.cursor = rows[-1].cursor or self.cursor
                self._moved.notify_all()

    def wait_beyond(self, cursor: int, seconds: float) -> None:
        """Wait until an event after the cursor was delivered, at most so many seconds."""
        with self._moved:
            self._moved.wait_for(lambda: self.cursor > cursor or self.stopping, timeout=seconds)

    def _signals(self) -> Any:
        return self._looks() if self.database.dialect == "sqlite" else self._notices()

    def _looks(self) -> Any:
        """Yield whenever any connection changed the SQLite file."""
        connection = self.database.engine.raw_connection()
        try:
            known = None
            while not self.stopping:
                version = connection.driver_connection.execute("PRAGMA data_version").fetchone()[0]
                if version != known:
                    known = version
                    yield
                time.sleep(LOOK_EVERY_SECONDS)
        finally:
            connection.close()

    def _notices(self) -> Any:
        """Yield whenever PostgreSQL notifies, and once a second in case a notice was lost."""
        import psycopg  # noqa: PLC0415 - not needed, and perhaps not working, where SQLite is used

        dsn = self.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("LISTEN lingda_outbox")
            yield
            while not self.stopping:
                for _ in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                    pass
                yield
