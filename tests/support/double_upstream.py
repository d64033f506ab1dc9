"""A small HTTP server that stands where backend would, for testing what lies before it.

It is no double of backend's rules: it only notes what reached it and answers with that. `/socket.io/`
completes a WebSocket handshake and echoes what it is sent.
"""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WEBSOCKET_KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class QuietServer(ThreadingHTTPServer):
    """Says nothing when a client breaks its connection, because some tests make clients do that."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave the broken connection to the test that broke it."""


class DoubleUpstream:
    """Listens on a free loopback port; `requests` are those that came, as (method, path, headers, body)."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self._server = QuietServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> "DoubleUpstream":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> tuple[str, int]:
        """Return the host and port it listens on."""
        return "127.0.0.1", self._server.server_address[1]

    def _handler(upstream) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the handler below
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self._chunks() if "transfer-encoding" in headers else self._rest(headers)
                upstream.requests.append((self.command, self.path, headers, body))
                if self.headers.get("Upgrade", "").lower() == "websocket":
                    self._echo_frames()
                    return
                answer = json.dumps({"path": self.path, "headers": headers, "size": len(body)}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = _answer  # noqa: N815 - the names http.server calls

            def _rest(self, headers: dict[str, str]) -> bytes:
                return self.rfile.read(int(headers.get("content-length", 0)))

            def _chunks(self) -> bytes:
                body = b""
                while length := int(self.rfile.readline(), 16):
                    body += self.rfile.read(length)
                    self.rfile.readline()
                self.rfile.readline()
                return body

            def _echo_frames(self) -> None:
                digest = hashlib.sha1((self.headers["Sec-WebSocket-Key"] + WEBSOCKET_KEY).encode()).digest()
                self.send_response(101)
                self.send_header("Upgrade", "websocket")
                self.send_header("Connection", "Upgrade")
                self.send_header("Sec-WebSocket-Accept", base64.b64encode(digest).decode())
                self.end_headers()
                self.close_connection = True
                while head := self.rfile.read(2):
                    length, mask = head[1] & 0x7F, self.rfile.read(4)
                    text = bytes(byte ^ mask[index % 4] for index, byte in enumerate(self.rfile.read(length)))
                    self.wfile.write(bytes([head[0], length]) + text)

            def log_message(self, format: str, *arguments: Any) -> None:
                """Say nothing: pytest's output is for results."""

        return Handler
