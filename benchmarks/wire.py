"""The thinnest clients there are, so that the load costs little: HTTP on a kept connection, and Socket.IO events."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

from simple_websocket import AioClient, ConnectionClosed  # type: ignore[import-untyped]


class HttpConnection:
    """One kept HTTP/1.1 connection; one request at a time."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Send a whole request; return the status and the body."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        assert self._reader is not None
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        body = await self._reader.readexactly(int(length or 0))
        if b"connection: close" in head:
            self.close()
        return int(head.split(b" ", 2)[1]), body

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def post(path: str, body: dict[str, Any], cookie: str = "", csrf: str = "") -> bytes:
    """Write a POST of JSON as a page of ours would send it."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    headers += [f"Content-Length: {len(content)}"]
    if cookie:
        headers += [f"Cookie: lingda_session={cookie}", f"X-CSRF-Token: {csrf}"]
    return "\r\n".join([*headers, "", ""]).encode() + content


def get(path: str) -> bytes:
    """Write a GET without a session, as a tracker sends it."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


class RefusedError(Exception):
    """The server let a socket not in: its database did not answer in time, and whoever is refused comes again."""


def everything(_packet: str) -> bool:
    """Let every event be read."""
    return True


async def listen(
    address: str,
    cookie: str,
    heard: Callable[[str, Any], None],
    ready: Callable[[], None],
    concerns: Callable[[str], bool] = everything,
    beats: Callable[[AioClient], Coroutine[Any, Any, None]] | None = None,
) -> None:
    """Stay connected over Socket.IO, answer its pings, and hand every event that concerns on until cancelled.

    `concerns` looks at the packet before it is read, for what fifty phones each read must not be one process's work;
    `beats` runs beside it while it is connected, and may send.
    """
    client = await AioClient.connect(
        f"ws://{address}/socket.io/?EIO=4&transport=websocket",
        headers={"Cookie": f"lingda_session={cookie}"},
        receive_bytes=65536,
    )
    beating = None
    try:
        while True:
            packet = await client.receive()
            if packet.startswith("0"):
                await client.send("40")
            elif packet.startswith("40"):
                ready()
                beating = asyncio.create_task(beats(client)) if beats else None
            elif packet.startswith("44"):
                raise RefusedError(packet)
            elif packet == "2":
                await client.send("3")
            elif packet.startswith("42") and concerns(packet):
                name, data = json.loads(packet[2:])
                heard(name, data)
    except ConnectionClosed as closed:
        raise RuntimeError(f"the server closed a socket: {closed}") from closed
    finally:
        if beating:
            beating.cancel()
        if client.connected:
            await client.close()
