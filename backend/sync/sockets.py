"""Live events over Socket.IO: each socket joins the rooms of its person and courts; a slow one is dropped.

WebSocket only. A socket that was dropped, or whose session ended, comes back and asks the cursor feed for what it
missed, so nothing here has to be reliable.
"""

import contextlib
import logging
import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_socketio import SocketIO, disconnect, join_room

from backend.core.clock import to_wire
from backend.core.database import Database
from backend.core.outbox import EPOCH_CHANGED, event_to_wire
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.tables import OutboxEvent
from backend.core.viewings import ViewingBook
from backend.core.web import SESSION_COOKIE
from backend.sync.contacts import ContactBook
from backend.sync.emissions import RING, EmissionBook
from backend.sync.shown import lead_in_event

log = logging.getLogger(__name__)
LONGEST_QUEUE = 200
"""Packets waiting for one socket; a phone this far behind is quicker with the cursor feed."""
CALLS_A_ROUND = 10
RESET_AT_CLOSE = struct.pack("ii", 1, 0)
HANDLERS = ("connect", "disconnect", "heartbeat")
Connection = Callable[[Mapping[str, Any]], socket.socket | None]


@dataclass(frozen=True)
class Listener:
    """Who is behind a socket, by which session, and the connection below it where the server gives it away."""

    actor: Actor
    token: str
    connection: socket.socket | None


class LiveSockets:
    """The sockets of this process and who is behind each."""

    def __init__(
        self,
        socketio: SocketIO,
        database: Database,
        authenticate: Callable[[str], Actor | None],
        connection_of: Connection = lambda _environ: None,
        viewings: ViewingBook | None = None,
    ) -> None:
        self.socketio = socketio
        self.database = database
        self.authenticate = authenticate
        self.connection_of = connection_of
        self.contacts = ContactBook(database)
        self.emissions = EmissionBook(database)
        self.viewings = viewings or ViewingBook(database)
        self.listeners: dict[str, Listener] = {}
        self._to_look_at: list[str] = []
        self._looks_a_call = 0
        socketio.on_event("connect", self.on_connect)
        socketio.on_event("disconnect", self.on_disconnect)
        socketio.on_event("heartbeat", self.on_heartbeat)

    def on_connect(self, _auth: Any = None) -> bool:
        """Let a signed-in caller in and join its rooms; everybody else is refused."""
        token = request.cookies.get(SESSION_COOKIE, "")
        actor = self._find(token)
        if actor is None:
            return False
        sid = self._sid()
        self.listeners[sid] = Listener(actor, token, self.connection_of(request.environ))
        for room in actor.rooms():
            join_room(room)
        # An end of the session between the two looks was announced before this socket could be found.
        if self._find(token) is None:
            self.listeners.pop(sid, None)
            return False
        self._heard_from(actor)
        return True

    def on_disconnect(self, *_reason: Any) -> None:
        """Forget the socket."""
        self.listeners.pop(self._sid(), None)

    def on_heartbeat(self, message: Any = None) -> dict[str, Any]:
        """Answer with the server's time; a session that ended meanwhile is disconnected."""
        listener = self.listeners.get(self._sid())
        if listener is None or not self._is_still(listener):
            disconnect()
            return {"problem": Problem("401.1").body()}
        self._heard_from(listener.actor)
        sent_at = message.get("sent_at") if isinstance(message, dict) else None
        return {"server_time": to_wire(self.database.clock.now()), "sent_at": sent_at}

    def deliver(self, rows: list[OutboxEvent]) -> None:
        """Emit events to their rooms; close the sockets of sessions that were ended, and all when the epoch did."""
        for row in rows:
            try:
                # No room is nobody here; to the library it would be everybody.
                if row.rooms:
                    self.socketio.emit("event", event_to_wire(row), to=row.rooms)
                    self._note_shown(row)
                    self._note_sent(row)
                if row.kind == "session.revoked":
                    self._close_sessions(row)
                if row.kind == EPOCH_CHANGED:
                    self.close_all()
            except Exception:
                log.exception("the event %s could not be delivered; the cursor feed has it", row.cursor)

    def _note_shown(self, row: OutboxEvent) -> None:
        """Note who is shown a lead by this event: whoever stands in one of its rooms."""
        shown = lead_in_event(row.kind, row.subject_id, row.data)
        if shown is None:
            return
        way, lead_id = shown
        for listener in self._listening(row):
            self.viewings.note(listener.actor, way, "lead", [lead_id])

    def _note_sent(self, row: OutboxEvent) -> None:
        """Note to which phones a thing that was given to their person was sent."""
        if row.kind == RING:
            for listener in self._listening(row):
                self.emissions.note(row, listener.actor.device_id)

    def _listening(self, row: OutboxEvent) -> list[Listener]:
        """Return whoever stands in a room of the event, each once."""
        manager = self.socketio.server.manager
        sids = {sid for room in row.rooms for sid, _ in manager.get_participants("/", room)}
        return [self.listeners[sid] for sid in sids if sid in self.listeners]

    def drop_slow(self) -> None:
        """Cut every socket with more packets waiting than it will ever catch up with."""
        for sid, listener in list(self.listeners.items()):
            waiting = self._waiting(sid)
            if waiting > LONGEST_QUEUE:
                log.warning("a socket is %s packets behind and is dropped", waiting)
                self._close(sid, listener, cut=True)

    def close_changed(self) -> None:
        """Close sockets whose session is over, or whose roles and courts are others than when they joined.

        Each call looks at a tenth of the sockets: each look reads the database, and all of them in one go would keep
        every event waiting (measured: a tenth of a second with 200 phones).
        """
        if not self._to_look_at:
            self._to_look_at = list(self.listeners)
            self._looks_a_call = -(-len(self._to_look_at) // CALLS_A_ROUND)
        for sid in self._to_look_at[: self._looks_a_call]:
            time.sleep(0)
            listener = self.listeners.get(sid)
            if listener is not None and not self._is_still(listener):
                self._close(sid, listener)
        del self._to_look_at[: self._looks_a_call]

    def close_all(self) -> None:
        """Close every socket: each comes back and asks the cursor feed, which tells it of the new epoch."""
        for sid, listener in list(self.listeners.items()):
            time.sleep(0)
            if sid in self.listeners:
                self._close(sid, listener)

    def _close_sessions(self, row: OutboxEvent) -> None:
        """Close what `session.revoked` names: one session, the sessions of one phone, or all of a person."""
        session_id, device_id = row.data.get("session_id"), row.data.get("device_id")
        for sid, listener in list(self.listeners.items()):
            actor = listener.actor
            if (
                row.subject_id == actor.user_id
                or (session_id is not None and session_id == actor.session_id)
                or (device_id is not None and device_id == actor.device_id)
            ):
                self._close(sid, listener)

    def _close(self, sid: str, listener: Listener, *, cut: bool = False) -> None:
        """Take a socket out of its rooms and end it without waiting for it; `cut`: do not even send what waits."""
        self.listeners.pop(sid, None)
        server = self.socketio.server
        engine = self._engine(sid)
        with contextlib.suppress(KeyError):
            server.disconnect(sid)
        if engine is not None:
            engine.close(wait=False, abort=cut)
        if cut and listener.connection is not None:
            # Its writer stands in a send that a stalled client never lets end.
            with contextlib.suppress(OSError):
                # Reset it: what waits in the kernel for a client that does not read would stay there for minutes.
                listener.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
                listener.connection.shutdown(socket.SHUT_RDWR)

    def _engine(self, sid: str) -> Any:
        server = self.socketio.server
        return server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))

    def _waiting(self, sid: str) -> int:
        engine = self._engine(sid)
        return engine.queue.qsize() if engine is not None else 0

    def _find(self, token: str) -> Actor | None:
        try:
            return self.authenticate(token)
        except Problem:
            # The database does not answer for now; who is refused comes back.
            return None

    def _is_still(self, listener: Listener) -> bool:
        try:
            actor = self.authenticate(listener.token)
        except Problem:
            return True
        return actor is not None and set(actor.rooms()) == set(listener.actor.rooms())

    def _heard_from(self, actor: Actor) -> None:
        if actor.device_id is not None:
            self.contacts.note(actor.device_id)

    @staticmethod
    def _sid() -> str:
        # Flask-SocketIO sets it on the request of each of its events.
        return str(request.sid)  # type: ignore[attr-defined]
