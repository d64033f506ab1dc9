"""The backend process: the only module that knows eventlet; `LINGDA_ASYNC_MODE=threading` leaves it out (ADR 0003)."""

import os

ASYNC_MODE = os.environ.get("LINGDA_ASYNC_MODE") or "eventlet"
if ASYNC_MODE == "eventlet":
    # Before any other import: modules that were imported earlier would keep the blocking originals.
    # psycopg waits with select(), which eventlet makes cooperative; its own C wait would stop every socket.
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_select")
    import warnings

    # Its deprecation is known and decided on (ADR 0003); the warning would stand first in every log.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet
    import eventlet.tpool

    eventlet.monkey_patch()

import logging
import signal
import sys
from typing import Any

from flask_socketio import SocketIO

from backend.app import create_app
from backend.core.logs import set_up_logs
from backend.core.offload import OFFLOAD
from backend.core.settings import SettingError, Settings, load_settings
from backend.core.tail import OutboxTail
from backend.core.web import services
from backend.migrations.run import demand_current
from backend.sync.sockets import LiveSockets
from backend.tracking.broadcast import FixBroadcast
from backend.tracking.store import FixStore
from backend.wiring import open_database

log = logging.getLogger(__name__)
PING_SECONDS = 25
PING_TIMEOUT_SECONDS = 20


def make_server(settings: Settings) -> tuple[Any, SocketIO]:
    """Wire application, sockets, the outbox's tail and live positions of this process."""
    database = open_database(settings)
    demand_current(database)
    app = create_app(settings, database)
    socketio = SocketIO(
        app,
        async_mode=settings.async_mode,
        transports=["websocket"],
        ping_interval=PING_SECONDS,
        ping_timeout=PING_TIMEOUT_SECONDS,
        max_http_buffer_size=64 * 1024,
        logger=False,
        engineio_logger=False,
    )
    sockets = LiveSockets(socketio)
    broadcast = FixBroadcast(lambda room, positions: socketio.emit("fixes", positions, to=room))
    tail = OutboxTail(database, sockets.deliver)
    with app.app_context():
        extras = services().extras
    extras.update(tail=tail, fix_store=FixStore(database, broadcast.add))
    socketio.start_background_task(tail.run)
    socketio.start_background_task(broadcast.run)
    return app, socketio


def main() -> None:
    """Serve until asked to stop; a wrong setting is one sentence and exit code 2."""
    set_up_logs()
    try:
        settings = load_settings()
        if settings.async_mode == "eventlet":
            OFFLOAD.execute = eventlet.tpool.execute
        app, socketio = make_server(settings)
        host, port = settings.backend_address
    except SettingError as error:
        log.error("%s", error)
        sys.exit(2)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        socketio.run(app, host=host, port=port, log_output=False, **serving_options(settings))
    except OSError as error:
        log.error("LINGDA_BACKEND is %s, which cannot be listened on: %s.", settings.backend, error.strerror)
        sys.exit(2)


def serving_options(settings: Settings) -> dict[str, Any]:
    """Return what the chosen server needs; the front stands before either, so Werkzeug's own server may serve."""
    return {"allow_unsafe_werkzeug": True} if settings.async_mode == "threading" else {}


if __name__ == "__main__":
    main()
