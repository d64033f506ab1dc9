"""Pure rules of sign-in: how long things last, when an account locks, and which code or signature is right."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

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
FAILURES_BEFORE_SLOW = 3 * FAILURES_BEFORE_LOCK
FAILURES_BEFORE_CLOSED_TO_STRANGERS = 12 * FAILURES_BEFORE_LOCK
"""Of all addresses together, none counted for more than what locks it: one address alone hinders nobody but itself."""
SLOWER_SECONDS = 2.0
ADDRESS_KNOWN_FOR = timedelta(days=30)
NETWORK_OF_ONE_VISITOR = 64
"""Bits of an IPv6 address that are given to one line: who owns it has all the rest to choose from."""
SHORTEST_PASSWORD = 10
COORDINATE_BYTES = 32
ACCOUNT_FORM = re.compile(r"[a-z][a-z0-9_]{0,30}\.[a-z][a-z0-9_]{0,28}")
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Enrolment codes can be read out over the phone: no 0, O, 1, I or L."""
MOBILE_PATTERN = r"^\+?[0-9][0-9 -]{4,18}$"
"""A telephone number: digits with an optional + and blanks or dashes between them."""


def lock_after_failure(failures: int, now: datetime) -> datetime | None:
    """Return until when an account is locked for the address that has failed this often in a row: every eighth time."""
    return now + LOCK_LASTS if failures % FAILURES_BEFORE_LOCK == 0 else None


def strength_of_attack(failures: Iterable[int]) -> int:
    """Return how many failures of all addresses stand against an account, each counted up to what locks it."""
    return sum(min(count, FAILURES_BEFORE_LOCK) for count in failures)


def visitor_of(address: str) -> str:
    """Return who is counted as one visitor: an IPv4 address, or the network an IPv6 address was given from."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:45]
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(IPv6Network((int(found), NETWORK_OF_ONE_VISITOR), strict=False))
    return str(found)


def new_token() -> str:
    """Return a new session token: 256 bits."""
    return secrets.token_urlsafe(32)


def new_enrolment_code() -> str:
    """Return a new enrolment code of 12 characters in three groups: 59 bits, enough for ten minutes."""
    characters = [secrets.choice(CODE_ALPHABET) for _ in range(12)]
    return "-".join("".join(characters[start : start + 4]) for start in (0, 4, 8))


def new_initial_password() -> str:
    """Return a new initial password of 16 characters in four groups: 79 bits, read out once and changed at once."""
    characters = [secrets.choice(CODE_ALPHABET) for _ in range(16)]
    return "-".join("".join(characters[start : start + 4]) for start in (0, 4, 8, 12))


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
