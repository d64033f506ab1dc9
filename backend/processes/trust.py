"""The page by which a phone learns to trust this installation's own authority, and QR codes to get there."""

import html
import io
import plistlib
import shutil
import string
import uuid
from pathlib import Path

import segno
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from backend.processes.layout import TRUST_PAGE


def write_trust_page(folder: Path, certificate: Path, open_url: str) -> str:
    """Write the page, the certificate and the iOS profile into `folder`; return the SHA-256 fingerprint."""
    root = x509.load_pem_x509_certificate(certificate.read_bytes())
    fingerprint = root.fingerprint(SHA256()).hex(":").upper()
    folder.mkdir(parents=True, exist_ok=True)
    der = root.public_bytes(Encoding.DER)
    (folder / "lingda.crt").write_bytes(der)
    (folder / "lingda.mobileconfig").write_bytes(_profile(der, fingerprint))
    shutil.copyfile(TRUST_PAGE.with_suffix(".css"), folder / "trust.css")
    segno.make(open_url).save(str(folder / "open.svg"), scale=6, border=2, dark="#000", light="#fff")
    page = string.Template(TRUST_PAGE.read_text(encoding="utf-8"))
    filled = page.substitute(open_url=html.escape(open_url), fingerprint=fingerprint)
    (folder / "index.html").write_text(filled, encoding="utf-8")
    return fingerprint


def qr_text(url: str) -> str:
    """Return `url` as a QR code of block characters for a terminal."""
    text = io.StringIO()
    segno.make(url).terminal(out=text, compact=True, border=2)
    return text.getvalue()


def _profile(der: bytes, fingerprint: str) -> bytes:
    """Return the profile by which an iPhone installs the certificate (payload com.apple.security.root)."""
    # The same certificate is always the same profile: installing twice replaces it and leaves no second one.
    identifier = uuid.uuid5(uuid.NAMESPACE_OID, fingerprint)
    payload = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"lingda.root.{identifier}",
        "PayloadUUID": str(identifier),
        "PayloadDisplayName": "令达 Lingda",
        "PayloadContent": der,
    }
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadVersion": 1,
            "PayloadIdentifier": f"lingda.profile.{identifier}",
            "PayloadUUID": str(uuid.uuid5(identifier, "profile")),
            "PayloadDisplayName": "令达 Lingda 根证书",
            "PayloadDescription": "信任本单位令达服务器的证书。 Trusts this court's own Lingda server.",
            "PayloadContent": [payload],
        }
    )
