"""What a browser hands over so that it can be pushed to, and whether it can be used; needs no library that sends."""

import binascii
import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from backend.core.problems import Problem

BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")


@dataclass(frozen=True)
class Subscription:
    """What a browser gave: where to, its public point and its secret, both as base64url. None of it is for a log."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)


def check_keys(p256dh: str, auth: str) -> None:
    """Raise Problem 422.1 unless these are a point of P-256 and a secret of 16 bytes, both as base64url."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), read_base64url(p256dh))
        point_is_right = len(read_base64url(p256dh)) == 65
    except ValueError:
        point_is_right = False
    if not point_is_right:
        raise Problem("422.1", "推送公钥不正确", "The push key is no point of P-256", field="p256dh")
    try:
        secret_is_right = len(read_base64url(auth)) == 16
    except ValueError:
        secret_is_right = False
    if not secret_is_right:
        raise Problem("422.1", "推送密钥长度不正确", "The push secret must be 16 bytes", field="auth")


def read_base64url(text: str) -> bytes:
    """Read base64url with or without its padding; raise ValueError for anything else."""
    if len(text) > 200 or not BASE64URL.fullmatch(text):
        raise ValueError("this is no base64url")
    bare = text.rstrip("=")
    try:
        return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error as error:
        raise ValueError("this is no base64url") from error
