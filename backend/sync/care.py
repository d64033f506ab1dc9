"""What the live sockets need now and then: slow ones cut, ended sessions closed, phones heard from written down."""

import logging
import time
from collections.abc import Callable

from backend.sync.sockets import LiveSockets

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 1.0
WRITE_CONTACTS_EVERY_SECONDS = 5.0
WRITE_VIEWINGS_EVERY_SECONDS = 2.0


class SocketCare:
    """One loop a backend; an errand that fails is logged and stops no other."""

    def __init__(self, sockets: LiveSockets) -> None:
        self.errands: tuple[tuple[Callable[[], None], float], ...] = (
            (sockets.drop_slow, LOOK_EVERY_SECONDS),
            (sockets.contacts.write, WRITE_CONTACTS_EVERY_SECONDS),
            (sockets.viewings.write, WRITE_VIEWINGS_EVERY_SECONDS),
            (sockets.emissions.write, LOOK_EVERY_SECONDS),
            (sockets.close_changed, LOOK_EVERY_SECONDS),
        )

    def run(self) -> None:
        """Do each errand in its turn, for as long as the process lives."""
        due = {errand: time.monotonic() + seconds for errand, seconds in self.errands}
        while True:
            time.sleep(LOOK_EVERY_SECONDS)
            for errand, seconds in self.errands:
                if time.monotonic() < due[errand]:
                    continue
                due[errand] = time.monotonic() + seconds
                try:
                    errand()
                except Exception:
                    log.exception("%s failed", errand.__qualname__)
