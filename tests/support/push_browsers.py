"""The side of a push service that browsers talk to: Mozilla's autopush protocol over a WebSocket."""

import threading
import time
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.push_mailboxes import Mailboxes, Message, Subscription
from tests.support.push_requests import decode, encode


class Browsers:
    """The browsers that are connected; every change of what tests look at is announced through `changed`."""

    def __init__(self, changed: threading.Condition, origin: str) -> None:
        self.mailboxes = Mailboxes()
        self.verdicts: list[tuple[str, int]] = []
        self.held = False
        self._changed = changed
        self._origin = origin
        self._connected: dict[str, web.WebSocketResponse] = {}

    def in_reach(self, browser: str) -> bool:
        """Say whether a browser is connected and not held."""
        return browser in self._connected and not self.held

    async def disconnect(self) -> None:
        """Close every connection; browsers come back when they like."""
        for socket in list(self._connected.values()):
            await socket.close()

    async def hand_out(self) -> None:
        """Give every browser in reach what waits for it."""
        for browser in list(self._connected):
            await self._hand_out_to(browser)

    async def hand_over(self, subscription: Subscription, message: Message) -> None:
        """Give one message to a browser in reach; if the connection breaks just now it waits like any other."""
        notification = {
            "messageType": "notification",
            "channelID": subscription.channel,
            "version": message.version,
            "data": encode(message.request.body),
            "headers": {"encoding": "aes128gcm"},
        }
        with suppress(ConnectionError):
            await self._connected[subscription.browser].send_json(notification)

    async def meet(self, asked: web.Request) -> web.WebSocketResponse:
        """Serve one connection until its end."""
        socket = web.WebSocketResponse(protocols=("push-notification",))
        await socket.prepare(asked)
        browser = None
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            said = frame.json()
            if said.get("messageType") == "hello":
                browser = self.mailboxes.know(said.get("uaid"))
                await self._welcome(browser, socket)
            elif said == {} or said.get("messageType") == "ping":
                await socket.send_str("{}")
            elif browser:
                await self._heed(browser, socket, said)
        with self._changed:
            if browser and self._connected.get(browser) is socket:
                del self._connected[browser]
                self._changed.notify_all()
        return socket

    async def _welcome(self, browser: str, socket: web.WebSocketResponse) -> None:
        hello = {
            "messageType": "hello",
            "uaid": browser,
            "status": 200,
            "use_webpush": True,
            "broadcasts": {},
        }
        await socket.send_json(hello)
        with self._changed:
            self._connected[browser] = socket
            self._changed.notify_all()
        await self._hand_out_to(browser)

    async def _heed(self, browser: str, socket: web.WebSocketResponse, said: dict[str, Any]) -> None:
        kind, channel = said["messageType"], said.get("channelID")
        answer = {"messageType": kind, "channelID": channel, "status": 200}
        with self._changed:
            if kind == "register":
                key = decode(said["key"]) if said.get("key") else None
                name = self.mailboxes.subscribe(browser, channel, key)
                answer["pushEndpoint"] = f"{self._origin}/wpush/{name}"
            elif kind == "unregister":
                self.mailboxes.unsubscribe(browser, channel)
            elif kind == "ack":
                for update in said["updates"]:
                    self.mailboxes.acknowledge(browser, update["version"])
                    self.verdicts.append((update["version"], update["code"]))
            elif kind == "nack":
                self.verdicts.append((said["version"], said["code"]))
            self._changed.notify_all()
        if kind in ("register", "unregister"):
            await socket.send_json(answer)

    async def _hand_out_to(self, browser: str) -> None:
        waiting = list(self.mailboxes.waiting_for(browser, time.time()))
        for subscription, message in waiting:
            if self.in_reach(browser):
                await self.hand_over(subscription, message)
