"""HTTP servers on loopback that stand where a push service or a gateway would: well-behaved ones and rough ones."""

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.double_upstream import QuietServer


@dataclass(frozen=True)
class Request:
    """What reached the double; header names in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What the double says to it."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class HttpDouble:
    """Listens on a free loopback port and answers each request with `answer`; `requests` are those that came."""

    def __init__(self, answer: Answer | None = None, context: ssl.SSLContext | None = None) -> None:
        self.answer = answer or Answer()
        self.requests: list[Request] = []
        self._server = QuietServer(("127.0.0.1", 0), self._handler())
        self.port = int(self._server.server_address[1])
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Any:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(double) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the handler below
        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(int(headers.get("content-length", 0)))
                double.requests.append(Request(self.command, self.path, headers, body))
                answer = double.answer
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            do_GET = do_POST = do_PUT = _answer  # noqa: N815 - the names http.server calls

            def log_message(self, format: str, *arguments: Any) -> None:
                """Say nothing: pytest's output is for results."""

        return Handler


Behaviour = Callable[[socket.socket, threading.Event], None]


class RoughServer:
    """Takes connections, reads what comes first, and then does to each what `behaviour` says until the test is over."""

    def __init__(self, behaviour: Behaviour, *, reads_first: bool = True) -> None:
        self._reads_first = reads_first
        self._behaviour = behaviour
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._take, daemon=True)]
        self.connections = 0
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "RoughServer":
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _take(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                if self._reads_first:
                    _read_request(connection)
                self._behaviour(connection, self._over)
            except OSError:
                """The client went away, which is what these tests want."""


def _read_request(connection: socket.socket) -> None:
    """Read a request to its end: closing with some of it unread would take the answer away too."""
    with connection.makefile("rb") as lines:
        length = 0
        while line := lines.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        lines.read(length)


def hangs(connection: socket.socket, over: threading.Event) -> None:
    """Never answer."""
    over.wait()


def closes(connection: socket.socket, over: threading.Event) -> None:
    """Close without an answer."""


def drips_its_head(connection: socket.socket, over: threading.Event) -> None:
    """Send a byte of the answer's head now and then, for ten seconds: far longer than a test's call may take."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(200):
        if over.wait(0.05):
            return
        connection.sendall(b"a")


def drips_its_body(connection: socket.socket, over: threading.Event) -> None:
    """Say 200 at once and send a byte of the body now and then, for ten seconds: far longer than a test's call may take."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(200):
        if over.wait(0.05):
            return
        connection.sendall(b"1\r\na\r\n")


def streams_for_ever(connection: socket.socket, over: threading.Event) -> None:
    """Say 200 and send as much as is taken."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not over.is_set():
        connection.sendall(b"x" * 65536)


def breaks_off(connection: socket.socket, over: threading.Event) -> None:
    """Promise a thousand bytes, send ten, close."""
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"code": 0')


def sends_bad_headers(connection: socket.socket, over: threading.Event) -> None:
    """Answer with a head that no parser likes; libraries tell their log the whole address then."""
    connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nno colon in this line\r\n\r\n")
