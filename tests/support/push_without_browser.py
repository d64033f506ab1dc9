"""A push service on loopback and the browser behind it: it checks the token and decrypts, as the real ones do."""

import base64
import json
import os
from dataclasses import dataclass
from typing import Any

import http_ece
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.channels.subscription import Subscription
from tests.support.http_double import Answer, HttpDouble, Request


def to_base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """A browser's keys: it alone can read what is sent to its subscription."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)

    def subscription(self, endpoint: str) -> Subscription:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Subscription(endpoint, to_base64url(point), to_base64url(self._auth))

    def decrypt(self, body: bytes) -> bytes:
        """Return the plain payload of an aes128gcm body; raises for one that was meant for somebody else."""
        plain: bytes = http_ece.decrypt(
            body, private_key=self._key, auth_secret=self._auth, version="aes128gcm"
        )
        return plain


@dataclass(frozen=True)
class Vapid:
    """What the token of a push says, and the key it is signed with; `verify` it before believing."""

    claims: dict[str, Any]
    key: str


def verify_vapid(request: Request) -> Vapid:
    """Return the claims of a push whose token is signed by the key it names; raises otherwise (RFC 8292)."""
    scheme, _, rest = request.headers["authorization"].partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    signed, _, signature = parts["t"].rpartition(".")
    raw = from_base64url(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(parts["k"]))
    numbers = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(encode_dss_signature(*numbers), signed.encode(), ec.ECDSA(hashes.SHA256()))
    head, claims = (json.loads(from_base64url(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    return Vapid(claims, parts["k"])


class PushService(HttpDouble):
    """Answers 201 to every push until told otherwise; `last` is the newest that came."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Answer(201), **options)

    def endpoint(self, name: str = "wpush/gAAAAABsecret-capability") -> str:
        return f"{self.url}/{name}"

    @property
    def last(self) -> Request:
        return self.requests[-1]
