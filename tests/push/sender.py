"""Somebody who sends web pushes with pywebpush, as a server does: well-formed, or with one thing wrong."""

import base64
from typing import Any

from cryptography.hazmat.primitives import serialization
from py_vapid import Vapid02
from pywebpush import webpush
from requests import Response


class Sender:
    """Somebody with a VAPID key of their own, who sends with pywebpush."""

    def __init__(self) -> None:
        self._vapid = Vapid02()
        self._vapid.generate_keys()

    @property
    def public_key(self) -> str:
        """The key a page subscribes with, base64url."""
        point = self._vapid.public_key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def send(
        self,
        subscription: dict[str, Any],
        text: str,
        ttl: int = 900,
        timeout: float = 8,
        claims: dict[str, Any] | None = None,
        **headers: str,
    ) -> Response:
        """Encrypt and send one message that may wait `ttl` seconds; raise WebPushException when it is refused.

        `claims` are set in the place of the right ones; `headers` (Topic, Urgency) go along.
        """
        return webpush(
            subscription,
            text,
            vapid_private_key=self._vapid,
            vapid_claims={"sub": "mailto:duty@binchuan.example.cn", **(claims or {})},
            ttl=ttl,
            timeout=timeout,
            headers={"Urgency": "high", **headers},
        )
