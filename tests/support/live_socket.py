"""A Socket.IO client for tests that does nothing behind one's back: no polling, no reconnecting, every packet seen."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from websocket import WebSocket, WebSocketException, create_connection

WAIT_SECONDS = 20.0


class LiveSocket:
    """One socket of a signed-in session; `events` are the live events so far, `closed` whether the server ended it."""

    def __init__(
        self, base: str, token: str | None, *, reading: bool = True, receive_buffer: int | None = None
    ) -> None:
        address = urlsplit(base)
        options = [(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)] if receive_buffer else []
        self.websocket: WebSocket = create_connection(
            f"ws://{address.netloc}/socket.io/?EIO=4&transport=websocket",
            cookie=f"lingda_session={token}" if token else None,
            timeout=WAIT_SECONDS,
            sockopt=options,
        )
        self.events: list[dict[str, Any]] = []
        self.fixes: list[Any] = []
        self.closed = False
        self._acknowledged: dict[int, Any] = {}
        self._next_id = 0
        self._reader: threading.Thread | None = None
        self._changed = threading.Condition()
        assert self.websocket.recv().startswith("0"), "no Engine.IO greeting"
        self.websocket.send("40")
        answer = self.websocket.recv()
        self.refused = not answer.startswith("40")
        if reading and not self.refused:
            self.websocket.settimeout(None)
            self._reader = threading.Thread(target=self._read, daemon=True)
            self._reader.start()

    def __enter__(self) -> "LiveSocket":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        if (connection := self.websocket.sock) is not None:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        if self._reader is not None:
            self._reader.join(WAIT_SECONDS)
        self.websocket.shutdown()

    def heartbeat(self) -> float:
        """Send a heartbeat and return the seconds until the server's answer."""
        with self._changed:
            self._next_id += 1
            number = self._next_id
        began = time.perf_counter()
        self.websocket.send(f'42{number}["heartbeat",{{"sent_at":"x"}}]')
        self.wait_for(lambda: number in self._acknowledged)
        taken = time.perf_counter() - began
        assert "server_time" in self._acknowledged[number][0], self._acknowledged[number]
        return taken

    def wait_for(self, condition: Callable[[], bool], seconds: float = WAIT_SECONDS) -> None:
        """Wait until something is true of what came in."""
        with self._changed:
            assert self._changed.wait_for(condition, seconds), (
                f"not within {seconds} s; events: {self.events}"
            )

    def wait_for_event(
        self, kind: str, subject_id: str, seconds: float = WAIT_SECONDS, **data: Any
    ) -> dict[str, Any]:
        """Wait for an event about a subject, with these values in its data, and return it."""

        def found() -> list[dict[str, Any]]:
            return [
                event
                for event in self.events
                if (event["kind"], event["subject_id"]) == (kind, subject_id)
                and all(event["data"][name] == value for name, value in data.items())
            ]

        self.wait_for(lambda: bool(found()), seconds)
        return found()[0]

    def _read(self) -> None:
        try:
            while text := self.websocket.recv():
                self._take(text)
        except (WebSocketException, OSError):
            pass
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def _take(self, text: str) -> None:
        if text == "2":
            self.websocket.send("3")
            return
        with self._changed:
            if text.startswith("42"):
                name, data = json.loads(text[2:])
                (self.events if name == "event" else self.fixes).append(data)
            elif text.startswith("43"):
                start = text.index("[")
                self._acknowledged[int(text[2:start])] = json.loads(text[start:])
            elif text.startswith("41"):
                self.closed = True
            self._changed.notify_all()
