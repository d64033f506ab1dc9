"""The key that signs pushes (VAPID, RFC 8292): made at installation, replaced by replacing its file or its setting."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from py_vapid import Vapid02

from backend.channels.endpoints import origin_of
from backend.core.settings import SettingError, Settings, kept_secret

KEPT_AS = "vapid_private_key"
RAW_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?")


@dataclass(frozen=True)
class VapidKeys:
    """This installation's key pair and whom a push service may write to; without a subject no push can be sent."""

    private_key: ec.EllipticCurvePrivateKey = field(repr=False)
    subject: str | None

    @property
    def public_key(self) -> str:
        """Return the public point, 65 bytes, as base64url: what a phone subscribes with."""
        point = self.private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return urlsafe_b64encode(point).decode().rstrip("=")

    def signer(self) -> Vapid02:
        """Return what signs for pywebpush. The settings checked the subject, better than py_vapid would."""
        return Vapid02(self.private_key, conf={"no-strict": True})

    def claims(self, endpoint: str) -> dict[str, str | int]:
        """Return fresh claims for one push, made out to the origin of its endpoint; pywebpush gives them twelve hours."""
        return {"aud": origin_of(endpoint), "sub": self.subject or ""}


def open_vapid(settings: Settings) -> VapidKeys:
    """Return this installation's keys, making them once; raise SettingError when what is given is no P-256 key."""
    if settings.vapid_private_key:
        key = read_private_key(settings.vapid_private_key)
        place = "LINGDA_VAPID_PRIVATE_KEY"
    else:
        key = read_private_key(kept_secret(settings.data, KEPT_AS, make_private_key))
        place = str(settings.data / "secrets" / KEPT_AS)
    if key is None:
        raise SettingError(
            f"{place} holds no P-256 private key (32 bytes as base64url, or PEM); leave it out to have one made."
        )
    return VapidKeys(key, settings.vapid_subject)


def make_private_key() -> str:
    """Return a new private key: 32 bytes as base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")


def read_private_key(text: str) -> ec.EllipticCurvePrivateKey | None:
    """Read a key written as base64url of 32 bytes or as PEM; None when it is neither, or of another curve."""
    text = text.strip()
    try:
        if "-----BEGIN" in text:
            key = load_pem_private_key(text.encode(), password=None)
            is_right = isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)
            return key if is_right and isinstance(key, ec.EllipticCurvePrivateKey) else None
        if not RAW_KEY.fullmatch(text):
            return None
        number = int.from_bytes(urlsafe_b64decode(text.rstrip("=") + "="), "big")
        return ec.derive_private_key(number, ec.SECP256R1())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
