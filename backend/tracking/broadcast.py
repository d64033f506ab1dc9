"""Live positions: what moved in the last moment, once a device, to the desks that may see it; volatile by design."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from backend.core.permissions import room_of_court
from backend.people.permissions import Permission

log = logging.getLogger(__name__)
COALESCE_SECONDS = 0.05
Emit = Callable[[str, list[dict[str, Any]]], None]


class FixBroadcast:
    """Collects positions that moved and emits each court's once every 50 ms; what is lost the next load repairs."""

    def __init__(self, emit: Emit) -> None:
        self.emit = emit
        self.stopping = False
        self._moved: dict[str, dict[str, Any]] = {}
        self._something = threading.Event()

    def add(self, positions: list[dict[str, Any]]) -> None:
        """Take positions in the shape `LastKnown`; the newest of a device replaces the one before."""
        for position in positions:
            self._moved[position["device_id"]] = position
        if positions:
            self._something.set()

    def run(self) -> None:
        """Emit until stopped."""
        while not self.stopping:
            self._something.wait()
            self._something.clear()
            self.flush()
            time.sleep(COALESCE_SECONDS)

    def stop(self) -> None:
        """End the loop at its next turn."""
        self.stopping = True
        self._something.set()

    def flush(self) -> None:
        """Emit what has been collected, a list a court."""
        moved, self._moved = self._moved, {}
        courts: dict[str, list[dict[str, Any]]] = {}
        for position in moved.values():
            courts.setdefault(position["court_id"], []).append(position)
        for court_id, positions in courts.items():
            try:
                self.emit(room_of_court(Permission.POSITION_READ, court_id), positions)
            except Exception:
                log.exception("live positions of %s could not be sent", court_id)
