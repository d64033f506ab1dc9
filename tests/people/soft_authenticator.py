"""A passkey in software: what a security key does, by the letter of WebAuthn level 2, with real keys and signatures.

It makes an ES256 key for a relying party, writes it as COSE in authenticator data with attestation `none`, and signs
authenticator data followed by the SHA-256 of the client data.
"""

import hashlib
import json
import secrets
import struct
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.world import base64url

USER_PRESENT, USER_VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftAuthenticator:
    """One key of one person; the browser around it says which origin it stands on."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.sign_count = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer creation options as `navigator.credentials.create` does, in its JSON form."""
        numbers = self.private.public_key().public_numbers()
        x, y = (value.to_bytes(32, "big") for value in (numbers.x, numbers.y))
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + key
        data = self._authenticator_data(options["rp"]["id"], ATTESTED) + attested
        client_data = self._client_data("webauthn.create", options["challenge"])
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential({"clientDataJSON": client_data, "attestationObject": attestation})

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer request options as `navigator.credentials.get` does, in its JSON form."""
        self.sign_count += 1
        data = self._authenticator_data(options["rpId"], 0)
        client_data = self._client_data("webauthn.get", options["challenge"])
        signed = data + hashlib.sha256(client_data).digest()
        signature = self.private.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {"clientDataJSON": client_data, "authenticatorData": data, "signature": signature}
        )

    def _authenticator_data(self, relying_party: str, flags: int) -> bytes:
        party = hashlib.sha256(relying_party.encode()).digest()
        return party + struct.pack(">BI", USER_PRESENT | USER_VERIFIED | flags, self.sign_count)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, response: dict[str, bytes]) -> dict[str, Any]:
        return {
            "id": base64url(self.id),
            "rawId": base64url(self.id),
            "type": "public-key",
            "response": {name: base64url(value) for name, value in response.items()},
            "clientExtensionResults": {},
        }
