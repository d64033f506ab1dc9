"""What every server of this installation does alike: listen, keep its tasks running, stop when asked, in order."""

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from backend.core.settings import SettingError, Settings

log = logging.getLogger(__name__)
BACKLOG = 1024
"""Connections the kernel holds for us while a whole court reconnects at once."""
AGAIN_SECONDS = 1.0
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def listen(settings: Settings) -> socket.socket:
    """Listen on LINGDA_BACKEND; one sentence when somebody else does already."""
    host, port = settings.backend_address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # Never with SO_REUSEPORT: two backends would share the port and each see half of the sockets.
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise SettingError(
            f"LINGDA_BACKEND is {settings.backend}, which cannot be listened on: {error.strerror}."
        ) from error


def stop_signals() -> socket.socket:
    """Return a socket that becomes readable when this process is asked to stop; the main thread waits on it.

    Nothing is raised into whatever runs at that moment, which might swallow it or hold a lock.
    """
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    KEPT_OPEN.append(writer)
    return reader


KEPT_OPEN: list[socket.socket] = []
"""The writing ends of `stop_signals`, for as long as the process lives."""


def keep_running(task: Callable[[], None], stopping: Callable[[], bool]) -> Callable[[], None]:
    """Return a task that starts again whenever it ends by itself: a silent end would stop all live events."""

    def run() -> None:
        while not stopping():
            try:
                task()
            except Exception:
                log.exception("the task %s ended; it starts again", getattr(task, "__qualname__", task))
            if not stopping():
                time.sleep(AGAIN_SECONDS)

    return run


class RunningRequests:
    """A WSGI layer that knows how many answers are still being written, so that a stop can wait for them."""

    def __init__(self, application: Application, uncounted: str) -> None:
        self.application = application
        self.uncounted = uncounted
        self._count = 0
        self._changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request, counting it until its last byte was handed over."""
        if str(environ.get("PATH_INFO", "")).startswith(self.uncounted):
            return self.application(environ, start_response)
        return self._counted(environ, start_response)

    def _counted(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        self._add(1)
        try:
            answer = self.application(environ, start_response)
            try:
                yield from answer
            finally:
                if close := getattr(answer, "close", None):
                    close()
        finally:
            self._add(-1)

    def _add(self, difference: int) -> None:
        with self._changed:
            self._count += difference
            self._changed.notify_all()

    def wait_until_none(self, seconds: float) -> bool:
        """Wait until no answer is being written; False when some still are after so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count == 0, timeout=seconds)
