"""Phones that were heard from over their sockets: noted in memory at once, written together every few seconds (A8).

A heartbeat is answered without waiting for the database: another process may hold its write lock for seconds.
"""

from backend.core.database import Database
from backend.people.contact import record_contacts


class ContactBook:
    """The phones of this process that were heard from since the last write."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._heard: set[str] = set()

    def note(self, device_id: str) -> None:
        """Note that the phone was heard from now."""
        self._heard.add(device_id)

    def write(self) -> None:
        """Write what was noted, in one transaction; what cannot be written now stays for the next time."""
        heard, self._heard = self._heard, set()
        if not heard:
            return
        try:
            with self.database.writing() as work:
                # In one order, so that two backends that write the same phones never wait for each other.
                record_contacts(work, sorted(heard))
        except BaseException:
            self._heard |= heard
            raise
