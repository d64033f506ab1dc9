"""Live positions: what moved in the last moment, once a device, to the desks that may see it; volatile by design.

Between several backends `backend/tracking/relay.py` passes on what each has collected.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from backend.core.permissions import room_of_court
from backend.people.permissions import Permission

log = logging.getLogger(__name__)
COALESCE_SECONDS = 0.04
Emit = Callable[[str, list[dict[str, Any]]], None]
PassOn = Callable[[list[dict[str, Any]]], None]


class FixBroadcast:
    """Collects positions that moved and emits each court's once every 40 ms; what is lost the next load repairs."""

    def __init__(self, emit: Emit) -> None:
        self.emit = emit
        self.pass_on: PassOn = lambda _positions: None
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
        """Emit what has been collected, and pass it on to the other backends."""
        moved, self._moved = self._moved, {}
        if not moved:
            return
        positions = list(moved.values())
        self.emit_to_courts(positions)
        self.pass_on(positions)

    def emit_to_courts(self, moved: list[dict[str, Any]]) -> None:
        """Emit positions to this process's sockets, a list a court."""
        courts: dict[str, list[dict[str, Any]]] = {}
        for position in moved:
            courts.setdefault(position["court_id"], []).append(position)
        for court_id, positions in courts.items():
            try:
                self.emit(room_of_court(Permission.POSITION_READ, court_id), positions)
            except Exception:
                log.exception("live positions of %s could not be sent", court_id)
