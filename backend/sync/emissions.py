"""Things sent to sockets of phones: noted in memory at once, written together every second (domain 1.16).

That a server sent a thing proves nothing of the phone; it tells the desk how far the ladder got.
"""

from datetime import datetime

from backend.core.database import Database
from backend.core.tables import OutboxEvent
from backend.delivery.receipts import record_emissions

RING = "delivery.ring"


class EmissionBook:
    """What this process sent to sockets of phones since the last write."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._sent: dict[tuple[str, str], datetime] = {}

    def note(self, row: OutboxEvent, device_id: str | None) -> None:
        """Note that this event was sent to a socket of the phone now."""
        if row.kind == RING and device_id is not None:
            self._sent.setdefault((row.subject_id, device_id), self.database.clock.now())

    def write(self) -> None:
        """Write what was noted, in one transaction; what cannot be written now stays for the next time."""
        sent, self._sent = self._sent, {}
        if not sent:
            return
        try:
            with self.database.writing() as work:
                record_emissions(work, sent)
        except BaseException:
            self._sent = {**self._sent, **sent}
            raise
