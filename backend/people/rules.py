"""Pure rules of sign-in: how long things last, when an account locks, and which code or signature is right."""

import base64
import hashlib
import re
import secrets
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

SESSION_LASTS = timedelta(hours=12)
DEVICE_SESSION_LASTS = timedelta(days=7)
PENDING_SESSION_LASTS = timedelta(minutes=10)
ENROLMENT_LASTS = timedelta(minutes=10)
CHALLENGE_LASTS = timedelta(minutes=1)
FAILURES_BEFORE_LOCK = 8
LOCK_LASTS = timedelta(minutes=15)
FAILURES_COUNT_FOR = timedelta(days=1)
COORDINATE_BYTES = 32
ACCOUNT_FORM = re.compile(r"[a-z][a-z0-9_]{0,30}\.[a-z][a-z0-9_]{0,28}")
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Enrolment codes can be read out over the phone: no 0, O, 1, I or L."""


def lock_after_failure(failures: int, now: datetime) -> datetime | None:
    """Return until when an account is locked after this many failures in a row."""
    return now + LOCK_LASTS if failures >= FAILURES_BEFORE_LOCK else None


def new_token() -> str:
    """Return a new session token: 256 bits."""
    return secrets.token_urlsafe(32)


def new_enrolment_code() -> str:
    """Return a new enrolment code of 12 characters in three groups: 59 bits, enough for ten minutes."""
    characters = [secrets.choice(CODE_ALPHABET) for _ in range(12)]
    return "-".join("".join(characters[start : start + 4]) for start in (0, 4, 8))


def normalise_enrolment_code(text: str) -> str:
    """Return the code as it was made from what a person typed."""
    characters = re.sub(r"[^0-9A-Z]", "", text.upper())
    return "-".join(characters[start : start + 4] for start in range(0, len(characters), 4))


def sha256_of(text: str) -> str:
    """Return the SHA-256 of the text in hexadecimal; tokens and codes are kept only so."""
    return hashlib.sha256(text.encode()).hexdigest()


def from_base64url(text: str) -> bytes:
    """Decode base64url with or without padding; raise ValueError when it is not."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def to_base64url(data: bytes) -> str:
    """Encode as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def public_key_of(key: dict[str, object]) -> ec.EllipticCurvePublicKey:
    """Return the P-256 key of a JWK; raise ValueError when it is not one."""
    if key.get("kty") != "EC" or key.get("crv") != "P-256":
        raise ValueError("not a P-256 key")
    x, y = (from_base64url(str(key.get(name, ""))) for name in ("x", "y"))
    if len(x) != COORDINATE_BYTES or len(y) != COORDINATE_BYTES:
        raise ValueError("a coordinate is not 32 bytes")
    return ec.EllipticCurvePublicNumbers(
        int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1()
    ).public_key()


def signature_is_right(key: dict[str, object], message: bytes, signature: str) -> bool:
    """Tell whether `signature` (base64url of r then s, as WebCrypto writes it) signs the message with the key."""
    try:
        raw = from_base64url(signature)
        if len(raw) != 2 * COORDINATE_BYTES:
            return False
        encoded = utils.encode_dss_signature(
            int.from_bytes(raw[:COORDINATE_BYTES], "big"), int.from_bytes(raw[COORDINATE_BYTES:], "big")
        )
        public_key_of(key).verify(encoded, message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
