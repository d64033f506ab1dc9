"""The backend process: the only module that knows eventlet; `LINGDA_ASYNC_MODE=threading` leaves it out (ADR 0003)."""
# ruff: noqa: E402 - eventlet must come before every other import

import os

ASYNC_MODE = os.environ.get("LINGDA_ASYNC_MODE") or "eventlet"
if ASYNC_MODE == "eventlet":
    # Before any other import: modules that were imported earlier would keep the blocking originals.
    # psycopg waits with select(), which eventlet makes cooperative; its own C wait would stop every socket.
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_select")
    # The system's own resolver: eventlet's knows neither nsswitch nor container networks, and is slow to import.
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    import warnings

    # Its deprecation is known and decided on (ADR 0003); the warning would stand first in every log.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet
    import eventlet.tpool
    import eventlet.wsgi

    eventlet.monkey_patch()

import gc
import logging
import socket
import sys
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from backend.core.imports import left_out

# Only the socket library's clients need these, and their import is a seventh of this process's start.
with left_out("aiohttp", "requests", "websocket"):
    from flask_socketio import SocketIO
from werkzeug.serving import WSGIRequestHandler, make_server

from backend.app import create_app
from backend.core.logs import set_up_logs
from backend.core.offload import OFFLOAD
from backend.core.serving import RunningRequests, keep_running, listen, stop_signals
from backend.core.settings import SettingError, Settings, load_settings
from backend.core.tail import OutboxTail
from backend.core.web import Services
from backend.migrations.run import demand_current
from backend.sync.care import SocketCare
from backend.sync.doorman import SOCKETS, Doorman
from backend.sync.sockets import LiveSockets
from backend.timekeeping.jobs import StepWatch
from backend.tracking.broadcast import FixBroadcast
from backend.tracking.store import FixStore
from backend.wiring import open_database

if TYPE_CHECKING:
    from backend.tracking.relay import FixRelay

log = logging.getLogger(__name__)
PING_SECONDS = 25
PING_TIMEOUT_SECONDS = 20
MOST_CONNECTIONS = 10_000
IDLE_SECONDS = 180
"""Longer than the front keeps an idle connection, so that it is never the one that finds it closed."""
STOP_WITHIN_SECONDS = 3.0


class Backend:
    """Application, sockets, the outbox's tail and live positions of this process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = open_database(settings)
        demand_current(self.database)
        self.app = create_app(settings, self.database)
        services: Services = self.app.extensions["lingda"]
        self.socketio = SocketIO(
            self.app,
            async_mode=settings.async_mode,
            transports=["websocket"],
            ping_interval=PING_SECONDS,
            ping_timeout=PING_TIMEOUT_SECONDS,
            max_http_buffer_size=64 * 1024,
            manage_session=False,
            logger=False,
            engineio_logger=False,
        )
        sockets = LiveSockets(
            self.socketio, self.database, services.authenticate, connection_below, services.extras["viewings"]
        )
        self.care = SocketCare(sockets)
        self.viewings = sockets.viewings
        self.broadcast = FixBroadcast(lambda room, positions: self.socketio.emit("fixes", positions, to=room))
        self.relay = self._join_other_backends()
        self.steps = StepWatch(self.database)
        self.tail = OutboxTail(self.database, sockets.deliver, sockets.close_all)
        services.extras.update(tail=self.tail, fix_store=FixStore(self.database, self.broadcast.add))
        self.requests = RunningRequests(self.app.wsgi_app, uncounted=SOCKETS)
        self.wsgi = Doorman(self.requests, services.authenticate)
        self.stopping = False

    def start(self) -> None:
        """Start what runs beside the requests; nobody is let in before the outbox's place is found."""
        self.tail.find_place()
        relaying = (self.relay.send, self.relay.listen) if self.relay else ()
        for task in (self.tail.run, self.broadcast.run, self.care.run, self.steps.run, *relaying):
            self.socketio.start_background_task(keep_running(task, lambda: self.stopping))

    def stop(self) -> None:
        """Wake every long poll, let the answers being written end, and close the database."""
        self.stopping = True
        self.tail.stop()
        self.broadcast.stop()
        self.steps.stop()
        if self.relay:
            self.relay.stop()
        self._write_viewings()
        if not self.requests.wait_until_none(STOP_WITHIN_SECONDS):
            log.warning("some answers were still being written after %s seconds", STOP_WITHIN_SECONDS)
        self.database.close()

    def _write_viewings(self) -> None:
        """Write who was shown what in the last seconds; a database that is away already has lost them."""
        try:
            self.viewings.write()
        except Exception:
            log.exception("who was shown what in the last seconds could not be written")

    def _join_other_backends(self) -> "FixRelay | None":
        """Let live positions reach the sockets of other backends too, where there is a Redis between them."""
        if not self.settings.redis_url:
            return None
        from backend.tracking.relay import FixRelay, channel_of  # noqa: PLC0415 - Redis is slow to import

        channel = channel_of(self.settings.secret_key)
        relay = FixRelay(self.settings.redis_url, channel, self.broadcast.emit_to_courts)
        self.broadcast.pass_on = relay.offer
        return relay


def connection_below(environ: Mapping[str, Any]) -> socket.socket | None:
    """Return the connection of a request from whichever server took it."""
    if "eventlet.input" in environ:
        connection: socket.socket = environ["eventlet.input"].get_socket()
        return connection
    return environ.get("werkzeug.socket")


class QuietHandler(WSGIRequestHandler):
    """Logs no requests: the front does, without tokens and positions."""

    def log_request(self, *_: Any) -> None:
        """Say nothing."""


def serve(backend: Backend, listener: socket.socket) -> None:
    """Take connections in the background, in the way of the async mode."""
    if backend.settings.async_mode == "eventlet":
        OFFLOAD.execute = eventlet.tpool.execute
        eventlet.spawn(
            eventlet.wsgi.server,
            listener,
            backend.wsgi,
            max_size=MOST_CONNECTIONS,
            keepalive=IDLE_SECONDS,
            log_output=False,
            debug=False,
        )
        return
    # The front stands before it, so Werkzeug's own server may serve.
    host, port = backend.settings.backend_address
    server = make_server(
        host, port, backend.wsgi, threaded=True, request_handler=QuietHandler, fd=listener.detach()
    )
    threading.Thread(target=server.serve_forever, name="server", daemon=True).start()


def main() -> None:
    """Serve until asked to stop; a wrong setting is one sentence and exit code 2."""
    set_up_logs()
    asked_to_stop = stop_signals()
    try:
        settings = load_settings()
        backend = Backend(settings)
        listener = listen(settings)
    except SettingError as error:
        log.error("%s", error)
        sys.exit(2)
    # What was made up to here stays for good: the collector need not walk through it while a hundred phones wait.
    gc.collect()
    gc.freeze()
    backend.start()
    serve(backend, listener)
    log.info("serving on %s (%s)", settings.backend, settings.async_mode)
    asked_to_stop.recv(1)
    began = time.monotonic()
    listener.close()
    backend.stop()
    log.info("stopped in %.1f s", time.monotonic() - began)
    logging.shutdown()
    # Nothing is left to do, and no thread that waits for a stalled client may hold the end up.
    os._exit(0)


if __name__ == "__main__":
    main()
