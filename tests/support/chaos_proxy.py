"""A bad network on purpose: an HTTP proxy for tests that loses, tears and delays at a chosen moment.

The fault that matters most is `LOSE_ANSWER`: the server has committed and answered, and the phone
never hears of it. A client that is right about principle 1 of the design repeats the request and nothing
happens twice. Each request gets an upstream connection of its own, so that "answered" means the whole
answer was read here. WebSockets are tunnelled. `Expect: 100-continue` is not spoken.
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar, cast

Result = TypeVar("Result")
HEAD_LIMIT = 64 * 1024
LONGEST_ACT_SECONDS = 10
STEPS_TO_BE_SERVED = 10
"""Rounds of the event loop from accepting a connection to serving it: some five, and as many to spare."""


class Fault(Enum):
    """What happens to a request that a rule takes."""

    LOSE_REQUEST = "the connection breaks before the upstream sees anything"
    LOSE_ANSWER = "the upstream has answered; the client's connection breaks before the first byte"
    TEAR_ANSWER = "the client's connection breaks after half of the answer"
    DELAY = "the answer waits `seconds` before the client gets it"


@dataclass
class Rule:
    """One fault for the requests whose path starts with `path`: every `every`-th, `times` times at most."""

    path: str
    fault: Fault
    times: int | None = None
    every: int = 1
    seconds: float = 0.0
    seen: int = field(default=0, init=False)
    done: int = field(default=0, init=False)

    def takes(self, path: str) -> bool:
        """Count a request to `path` and tell whether this rule strikes it."""
        if not path.startswith(self.path) or (self.times is not None and self.done >= self.times):
            return False
        self.seen += 1
        if self.seen % self.every:
            return False
        self.done += 1
        return True


@dataclass(frozen=True)
class Request:
    """The head and body of one request as they go to the upstream."""

    path: str
    data: bytes
    upgrade: bool


class ChaosProxy:
    """A proxy before `upstream` that listens on its own loopback port, in a thread of its own."""

    def __init__(self, upstream: tuple[str, int]) -> None:
        self.upstream = upstream
        self.latency = 0.0
        self.answered: Counter[str] = Counter()
        self.port = 0
        self._rules: list[Rule] = []
        self._server: asyncio.Server | None = None
        self._connections: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="chaos-proxy", daemon=True)

    def __enter__(self) -> "ChaosProxy":
        self._thread.start()
        self.up()
        return self

    def __exit__(self, *_: object) -> None:
        self.down()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LONGEST_ACT_SECONDS)
        self._loop.close()

    @property
    def url(self) -> str:
        """Return the address that clients are given instead of the upstream's."""
        return f"http://127.0.0.1:{self.port}"

    def strike(
        self, path: str, fault: Fault, *, times: int | None = None, every: int = 1, seconds: float = 0
    ) -> Rule:
        """Add a rule and return it; its `done` counts the faults it has caused."""
        rule = Rule(path, fault, times, every, seconds)
        self._rules.append(rule)
        return rule

    def calm(self) -> None:
        """Forget every rule and the latency."""
        self._rules.clear()
        self.latency = 0.0

    def down(self) -> None:
        """Break every connection and refuse new ones, as a server that died does."""
        self._run(self._down())

    def up(self) -> None:
        """Listen again, on the port of the first time."""
        self._run(self._up())

    def break_connections(self) -> None:
        """Break every open connection, WebSockets among them, and go on accepting new ones."""
        self._run(self._break_connections())

    def _run(self, act: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(LONGEST_ACT_SECONDS)

    async def _up(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=HEAD_LIMIT)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _down(self) -> None:
        if self._server is not None:
            # Accept nobody any more, and let whoever was accepted a moment ago come to be served, to be broken with
            # the others: a server closed in between leaves such a connection open and unwatched.
            for listening in self._server.sockets:
                self._loop.remove_reader(listening.fileno())
            for _ in range(STEPS_TO_BE_SERVED):
                await asyncio.sleep(0)
            self._server.close()
            self._server = None
        await self._break_connections()

    async def _break_connections(self) -> None:
        connections = list(self._connections.items())
        for client, serving in connections:
            _reset(client)
            serving.cancel()
        await asyncio.gather(*(serving for _, serving in connections), return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        self._connections[client] = cast("asyncio.Task[None]", asyncio.current_task())
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._pass_on(await _read_request(reader), reader, client)
        del self._connections[client]
        client.close()

    async def _pass_on(
        self, request: Request, reader: asyncio.StreamReader, client: asyncio.StreamWriter
    ) -> None:
        rule = next((rule for rule in self._rules if rule.takes(request.path)), None)
        fault = rule.fault if rule else None
        await asyncio.sleep(self.latency)
        if fault is Fault.LOSE_REQUEST:
            _reset(client)
            return
        upstream_reader, upstream = await asyncio.open_connection(*self.upstream)
        try:
            upstream.write(request.data)
            if request.upgrade:
                await _tunnel((reader, upstream), (upstream_reader, client))
                return
            answer = await upstream_reader.read()
            self.answered[request.path] += 1
            await asyncio.sleep(self.latency + (rule.seconds if rule else 0))
            await _hand_over(answer, fault, client)
        finally:
            upstream.close()


async def _hand_over(answer: bytes, fault: Fault | None, client: asyncio.StreamWriter) -> None:
    if fault is Fault.LOSE_ANSWER:
        _reset(client)
        return
    client.write(answer[: len(answer) // 2] if fault is Fault.TEAR_ANSWER else answer)
    await client.drain()
    if fault is Fault.TEAR_ANSWER:
        _reset(client)


async def _tunnel(*directions: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    async def pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await source.read(HEAD_LIMIT):
                target.write(data)
                await target.drain()

    pumps = [asyncio.ensure_future(pump(*direction)) for direction in directions]
    await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
    for running in pumps:
        running.cancel()


async def _read_request(reader: asyncio.StreamReader) -> Request:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
    }
    upgrade = headers.get("upgrade", "").lower() == "websocket"
    if not upgrade:
        lines = [line for line in lines if not line.lower().startswith(("connection:", "keep-alive:"))]
        lines.insert(1, "Connection: close")
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    if headers.get("transfer-encoding", "").lower() == "chunked":
        length = -1
        while length:
            size = await reader.readuntil(b"\r\n")
            length = int(size.split(b";")[0], 16)
            body += size + await reader.readexactly(length + 2)
    return Request(lines[0].split(" ")[1], "\r\n".join(lines).encode("latin-1") + body, upgrade)


def _reset(client: asyncio.StreamWriter) -> None:
    """Break a connection as a lost network does: a reset, not an orderly end."""
    connection: socket.socket = client.transport.get_extra_info("socket")
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.transport.abort()
