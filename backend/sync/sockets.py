"""Live events over Socket.IO: each socket joins the rooms of its person and courts; a slow one is dropped.

WebSocket only. A socket that was dropped, or whose session ended, comes back and asks the cursor feed for what it
missed, so nothing here has to be reliable.
"""

import logging
from typing import Any

from flask import request
from flask_socketio import SocketIO, disconnect, join_room

from backend.core.clock import to_wire
from backend.core.outbox import event_to_wire
from backend.core.permissions import Actor
from backend.core.tables import OutboxEvent
from backend.core.web import SESSION_COOKIE, services
from backend.people.contact import record_contact

log = logging.getLogger(__name__)
LONGEST_QUEUE = 200
"""Packets waiting for one socket; a phone this far behind is quicker with the cursor feed."""
HANDLERS = ("connect", "disconnect", "heartbeat")


class LiveSockets:
    """The sockets of this process and who is behind each."""

    def __init__(self, socketio: SocketIO) -> None:
        self.socketio = socketio
        self.actors: dict[str, Actor] = {}
        socketio.on_event("connect", self.on_connect)
        socketio.on_event("disconnect", self.on_disconnect)
        socketio.on_event("heartbeat", self.on_heartbeat)

    def on_connect(self, _auth: Any = None) -> bool:
        """Let a signed-in caller in and join its rooms; everybody else is refused."""
        actor = services().authenticate(request.cookies.get(SESSION_COOKIE, ""))
        if actor is None:
            return False
        sid = self._sid()
        self.actors[sid] = actor
        for room in actor.rooms():
            join_room(room)
        self._heard_from(actor)
        return True

    def on_disconnect(self, *_reason: Any) -> None:
        """Forget the socket."""
        self.actors.pop(self._sid(), None)

    def on_heartbeat(self, message: Any = None) -> dict[str, Any]:
        """Answer with the server's time; a session that ended meanwhile is disconnected."""
        sid = self._sid()
        actor = services().authenticate(request.cookies.get(SESSION_COOKIE, ""))
        # Who gained or lost a role or a delegation comes back with the rooms of today.
        if actor is None or sid not in self.actors or set(actor.rooms()) != set(self.actors[sid].rooms()):
            disconnect()
            return {"problem": "401.1"}
        self._heard_from(actor)
        sent_at = message.get("sent_at") if isinstance(message, dict) else None
        return {"server_time": to_wire(services().database.clock.now()), "sent_at": sent_at}

    @staticmethod
    def _sid() -> str:
        return str(request.sid)  # type: ignore[attr-defined] - set by Flask-SocketIO

    @staticmethod
    def _heard_from(actor: Actor) -> None:
        if actor.device_id is not None:
            with services().database.writing() as work:
                record_contact(work, actor.device_id)

    def deliver(self, rows: list[OutboxEvent]) -> None:
        """Emit events to their rooms, and close the sockets of sessions that were ended."""
        for row in rows:
            self.socketio.emit("event", event_to_wire(row), to=row.rooms)
            if row.kind == "session.revoked":
                self._close_sessions(row)
        self.drop_slow()

    def _close_sessions(self, row: OutboxEvent) -> None:
        session_id, device_id = row.data.get("session_id"), row.data.get("device_id")
        for sid, actor in list(self.actors.items()):
            if row.subject_id == actor.user_id or (session_id or device_id) in (actor.session_id, actor.device_id):
                self._disconnect(sid)

    def drop_slow(self) -> None:
        """Close every socket with more packets waiting than it will ever catch up with."""
        server = self.socketio.server
        for sid in list(self.actors):
            engine_id = server.manager.eio_sid_from_sid(sid, "/")
            socket = server.eio.sockets.get(engine_id)
            if socket is not None and socket.queue.qsize() > LONGEST_QUEUE:
                log.warning("a socket is %s packets behind and is dropped", socket.queue.qsize())
                self._disconnect(sid)

    def _disconnect(self, sid: str) -> None:
        self.actors.pop(sid, None)
        self.socketio.server.disconnect(sid)
