"""Starts programs in order, starts again what ends by itself, and stops all of them in reverse order.

Why not a library: docs/adr/0010.
"""

import queue
import signal
import time
from collections.abc import Callable
from types import FrameType

from backend.processes.programs import Program, Running, start
from backend.processes.rules import failures_after, restart_delay

STOP_SECONDS = 10.0


class StartError(Exception):
    """Nothing was started, or all was stopped again; the message is one sentence that says what to do."""


class Supervisor:
    """Runs until a signal says stop; use `start` for each program, then `watch`."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._events: queue.SimpleQueue[tuple[Running, int] | None] = queue.SimpleQueue()
        self._running: dict[str, Running] = {}
        self._failures: dict[str, int] = {}
        self._due: dict[str, tuple[float, Program]] = {}
        self._stopping = False

    def listen_to_signals(self) -> None:
        """Take Ctrl-C, SIGTERM and a closed terminal as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_by_signal)

    def start(self, program: Program, ready: Callable[[], bool] | None = None, seconds: float = 60.0) -> None:
        """Start `program` and wait until `ready()`; raise StartError when it ends or is not in time."""
        self._launch(program)
        give_up = time.monotonic() + seconds
        while ready is not None and not ready():
            if time.monotonic() > give_up:
                raise StartError(f"{program.name} did not become ready within {seconds:.0f} seconds.")
            self._fail_if_something_ended(wait=0.1)
        self._fail_if_something_ended(wait=0)

    def watch(self) -> None:
        """Keep every program running until a signal comes; the caller then calls `stop`."""
        while not self._stopping:
            self._launch_what_is_due()
            try:
                event = self._events.get(timeout=self._seconds_to_next())
            except queue.Empty:
                continue
            if event is not None:
                self._note_end(*event)

    def wish_to_stop(self) -> None:
        """Make `watch` return, and a `start` that still waits fail; callable from any thread or signal."""
        self._stopping = True
        self._events.put(None)

    def stop(self) -> None:
        """End every program, the last started first, so that no request meets a missing part."""
        self._stopping = True
        for running in reversed(list(self._running.values())):
            self._say(f"stopping {running.program.name}")
            running.end(STOP_SECONDS)

    def _launch(self, program: Program) -> None:
        self._running[program.name] = start(program, self._say, lambda *end: self._events.put(end))

    def _fail_if_something_ended(self, wait: float) -> None:
        try:
            event = self._events.get(timeout=wait) if wait else self._events.get_nowait()
        except queue.Empty:
            return
        if event is None:
            raise StartError("Stopped before everything had started.")
        running, code = event
        raise StartError(
            f"{running.program.name} ended at its start (exit code {code}); its last lines say why."
        )

    def _note_end(self, running: Running, code: int) -> None:
        name = running.program.name
        ran_for = time.monotonic() - running.started_at
        self._failures[name] = failures_after(self._failures.get(name, 0), ran_for)
        delay = restart_delay(self._failures[name])
        self._due[name] = (time.monotonic() + delay, running.program)
        self._say(f"{name} ended (exit code {code}); it starts again in {delay:g} s")

    def _launch_what_is_due(self) -> None:
        for name, (moment, program) in list(self._due.items()):
            if time.monotonic() >= moment:
                del self._due[name]
                self._launch(program)

    def _seconds_to_next(self) -> float | None:
        if not self._due:
            return None
        return max(0.0, min(moment for moment, _ in self._due.values()) - time.monotonic())

    def _stop_by_signal(self, number: int, frame: FrameType | None) -> None:
        self.wish_to_stop()
