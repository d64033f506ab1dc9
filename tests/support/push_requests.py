"""What a push service demands of one request to deliver (RFC 8030, 8188, 8291, 8292); pure: the instant is an argument."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

LONGEST_TOKEN_SECONDS = 24 * 3600
LARGEST_BODY_BYTES = 4096
URGENCIES = ("very-low", "low", "normal", "high")
SALT_AND_RECORD_SIZE_BYTES = 20
POINT_BYTES = 65


class PushRefusedError(Exception):
    """The request breaks a rule; `status` is what the push service answers."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass
class PushRequest:
    """One request of a sender: its lower-case `headers`, its encrypted `body`, and what became of it.

    `status` is the answer (None: it was never answered), `trouble` the reason of a refusal in words; `claims` are those of
    the verified VAPID token and `key` the sender's 65-byte point, both empty when the token was not accepted.
    """

    endpoint: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None = None
    trouble: str | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    key: bytes = b""

    @property
    def ttl(self) -> int:
        """How many seconds the message may wait for the browser."""
        return int(self.headers["ttl"])

    @property
    def urgency(self) -> str:
        """The urgency asked for; `normal` when the sender named none."""
        return self.headers.get("urgency", "normal")

    @property
    def topic(self) -> str | None:
        """What the message replaces a waiting message of."""
        return self.headers.get("topic")


def check_form(headers: Mapping[str, str], body: bytes) -> None:
    """Raise PushRefusedError unless the headers and the encrypted body have the form the RFCs ask for."""
    if not re.fullmatch(r"\d+", headers.get("ttl", "")):
        raise PushRefusedError(400, "no TTL in seconds")
    if headers.get("urgency", "normal") not in URGENCIES:
        raise PushRefusedError(400, f"unknown urgency {headers['urgency']!r}")
    if "topic" in headers and not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers["topic"]):
        raise PushRefusedError(400, f"a topic is 1 to 32 characters of base64url, not {headers['topic']!r}")
    if len(body) > LARGEST_BODY_BYTES:
        raise PushRefusedError(413, f"{len(body)} bytes are too many")
    if not body:
        return
    if headers.get("content-encoding") != "aes128gcm":
        raise PushRefusedError(
            400, f"content encoding {headers.get('content-encoding')!r} instead of aes128gcm"
        )
    if body[SALT_AND_RECORD_SIZE_BYTES : SALT_AND_RECORD_SIZE_BYTES + 2] != bytes([POINT_BYTES, 4]):
        raise PushRefusedError(400, "the body does not begin with a salt, a record size and a public key")


def verify_sender(authorization: str | None, origin: str, now: float) -> tuple[dict[str, Any], bytes]:
    """Return the claims and the key of a sender's VAPID token, or raise PushRefusedError (401 without one, 403 for a bad one)."""
    if authorization is None:
        raise PushRefusedError(401, "no Authorization")
    found = re.fullmatch(
        r"vapid\s+(?=.*\bt=(?P<token>[^,\s]+))(?=.*\bk=(?P<key>[^,\s]+)).*", authorization, re.I
    )
    if not found:
        raise PushRefusedError(403, f"not the scheme vapid with t= and k=: {authorization[:40]!r}")
    try:
        key = decode(found["key"])
        signed, _, signature = found["token"].rpartition(".")
        head, claims = (json.loads(decode(part)) for part in signed.split("."))
        raw = decode(signature)
        pair = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        point.verify(encode_dss_signature(*pair), signed.encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise PushRefusedError(403, "the token is not signed with the key it names") from None
    except (ValueError, binascii.Error) as error:
        raise PushRefusedError(403, f"the token cannot be read: {error}") from None
    _check_claims(head, claims, origin, now)
    return claims, key


def _check_claims(head: dict[str, Any], claims: dict[str, Any], origin: str, now: float) -> None:
    if head.get("alg") != "ES256":
        raise PushRefusedError(403, f"algorithm {head.get('alg')!r}")
    if claims.get("aud") != origin:
        raise PushRefusedError(403, f"the token is for {claims.get('aud')!r}, this is {origin}")
    expires = claims.get("exp")
    if not isinstance(expires, int) or not now < expires <= now + LONGEST_TOKEN_SECONDS:
        raise PushRefusedError(403, f"the token expires at {expires!r}, it is {now:.0f}")
    if not re.match(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+$|https://[^/\s]+", str(claims.get("sub", ""))):
        raise PushRefusedError(403, f"nobody can be reached at {claims.get('sub')!r}")


def decode(text: str) -> bytes:
    """Return the bytes of base64url, padded or not."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def encode(data: bytes) -> str:
    """Return unpadded base64url."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
