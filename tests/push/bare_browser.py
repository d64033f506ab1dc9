"""The push part of a browser and nothing else: it subscribes, gets messages, decrypts them, and can go away."""

import json
import os
import uuid
from typing import Any, Self

import http_ece
import websocket
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.push_requests import decode, encode
from tests.support.push_service import PushService


class BareBrowser:
    """Connected while used as a context manager; coming back it says who it was."""

    def __init__(self, service: PushService) -> None:
        self._service = service
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)
        self._socket: websocket.WebSocket | None = None
        self.name: str | None = None

    def __enter__(self) -> Self:
        self._socket = websocket.create_connection(
            self._service.websocket_url, timeout=10, subprotocols=["push-notification"]
        )
        hello = {"messageType": "hello", "use_webpush": True, "broadcasts": {}}
        self._say({**hello, "uaid": self.name} if self.name else hello)
        self.name = self._hear()["uaid"]
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._service.wait_for(lambda: not self._service.in_reach(self.name), "the browser is gone")

    def subscribe(self, sender_key: str) -> dict[str, Any]:
        """Subscribe to one sender; return what a page would hand on."""
        self.channel = str(uuid.uuid4())
        self._say({"messageType": "register", "channelID": self.channel, "key": sender_key})
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {
            "endpoint": self._hear()["pushEndpoint"],
            "keys": {"p256dh": encode(point), "auth": encode(self._auth)},
        }

    def unsubscribe(self) -> None:
        """Give the subscription up."""
        self._say({"messageType": "unregister", "channelID": self.channel, "code": 200})
        assert self._hear()["status"] == 200

    def receive(self) -> str:
        """Wait for a message, say it has come, and return its text."""
        notification = self._hear()
        assert notification["channelID"] == self.channel
        update = {"channelID": self.channel, "version": notification["version"], "code": 100}
        self._say({"messageType": "ack", "updates": [update]})
        body = decode(notification["data"])
        return http_ece.decrypt(body, private_key=self._private, auth_secret=self._auth).decode()

    def has_nothing_to_read(self) -> bool:
        """Say whether nothing came before the answer to a ping, which the service sends last."""
        self._say({})
        return self._hear() == {}

    def _say(self, message: dict[str, Any]) -> None:
        self._socket.send(json.dumps(message))

    def _hear(self) -> dict[str, Any]:
        return json.loads(self._socket.recv())
