"""The tail of the outbox: one loop a backend that numbers committed events, reads them once and hands them on.

SQLite is asked for its `data_version` every 20 ms (a change by any process shows there); PostgreSQL tells by NOTIFY.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from backend.core.database import Database
from backend.core.outbox import read_events, sequence_events, server_state
from backend.core.problems import Problem
from backend.core.tables import OutboxEvent

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 0.02
LISTEN_SECONDS = 1.0
AFTER_TROUBLE_SECONDS = 0.5
LONGEST_AFTER_TROUBLE_SECONDS = 5.0


class OutboxTail:
    """Follows the outbox from where it stands at the start; `deliver` gets each event once, in order.

    `restored` is told when the database stands before our place: a backup was restored while this process ran.
    """

    def __init__(
        self,
        database: Database,
        deliver: Callable[[list[OutboxEvent]], None],
        restored: Callable[[], None] = lambda: None,
    ) -> None:
        self.database = database
        self.deliver = deliver
        self.restored = restored
        self.cursor: int | None = None
        self.stopping = False
        self._moved = threading.Condition()

    def run(self) -> None:
        """Follow the outbox until stopped; trouble with the database is logged and waited out."""
        pause = AFTER_TROUBLE_SECONDS
        while not self.stopping:
            try:
                for _ in self._signals():
                    self.catch_up()
                    pause = AFTER_TROUBLE_SECONDS
            except Problem as away:
                log.warning(
                    "the database is away, the outbox follows again in %s s: %s", pause, away.__cause__
                )
            except Exception:
                log.exception("following the outbox failed; trying again in %s s", pause)
            else:
                return
            self._pause(pause)
            pause = min(pause * 2, LONGEST_AFTER_TROUBLE_SECONDS)

    def stop(self) -> None:
        """End the loop at its next look, and every wait at once."""
        self.stopping = True
        with self._moved:
            self._moved.notify_all()

    def find_place(self) -> None:
        """Begin where the outbox stands now; before anybody can listen, or what comes in between reaches nobody."""
        if self.cursor is None:
            with self.database.reading() as work:
                self._move_to(server_state(work.session).last_cursor)

    def catch_up(self) -> None:
        """Number and deliver what has been committed since the last look; the first look only finds its place."""
        self.find_place()
        sequence_events(self.database)
        while not self.stopping:
            with self.database.reading() as work:
                rows = read_events(work.session, self.cursor or 0)
                newest = server_state(work.session).last_cursor
            if newest < (self.cursor or 0):
                log.warning("the database was restored from a backup; following it from where that stands")
                self._move_to(newest)
                self.restored()
            if not rows:
                return
            self.deliver(rows)
            self._move_to(rows[-1].cursor or 0)

    def wait_beyond(self, cursor: int, seconds: float) -> None:
        """Wait until an event after the cursor was delivered, at most so many seconds."""
        with self._moved:
            self._moved.wait_for(lambda: (self.cursor or 0) > cursor or self.stopping, timeout=seconds)

    def _move_to(self, cursor: int) -> None:
        with self._moved:
            self.cursor = cursor
            self._moved.notify_all()

    def _pause(self, seconds: float) -> None:
        with self._moved:
            self._moved.wait_for(lambda: self.stopping, timeout=seconds)

    def _signals(self) -> Iterator[None]:
        return self._looks() if self.database.dialect == "sqlite" else self._notices()

    def _looks(self) -> Iterator[None]:
        """Yield whenever any connection changed the SQLite file and there are events beyond those delivered."""
        connection = self.database.engine.raw_connection()
        raw: Any = connection.driver_connection
        try:
            known = None
            while not self.stopping:
                version = raw.execute("PRAGMA data_version").fetchone()[0]
                if version != known:
                    known = version
                    # Most commits keep positions and have no event; asking the one number is a tenth of a look.
                    if raw.execute("SELECT last_cursor FROM server_state").fetchone()[0] != self.cursor:
                        yield
                time.sleep(LOOK_EVERY_SECONDS)
        finally:
            connection.close()

    def _notices(self) -> Iterator[None]:
        """Yield whenever PostgreSQL notifies, and once a second in case a notice was lost."""
        import psycopg  # noqa: PLC0415 - not needed, and perhaps not working, where SQLite is used

        dsn = self.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
                connection.execute("LISTEN lingda_outbox")
                yield
                while not self.stopping:
                    for _ in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                        pass
                    yield
        except psycopg.OperationalError as error:
            raise Problem("503.1") from error
