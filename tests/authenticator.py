"""A device with passkeys, made of software: it signs what a phone would sign, and what a phone never would."""

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
ORIGIN = "https://testserver"


@dataclass
class Authenticator:
    """`verifies` is whether it asks for a finger or a code; `counter` is how often it says it was used."""

    origin: str = ORIGIN
    domain: str = "testserver"
    verifies: bool = True
    counter: int = 0
    handle: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    key_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def makes(self, question: dict[str, Any], **other: Any) -> dict[str, str]:
        """The answer to a question for a new passkey, as the form sends it."""
        options = question["publicKey"]
        self.handle = base64url_to_bytes(options["user"]["id"])
        attested = bytes(16) + len(self.key_id).to_bytes(2) + self.key_id + self._public_key()
        data = self._data(WITH_KEY) + attested
        made = {"fmt": "none", "attStmt": {}, "authData": data}
        response = {
            "clientDataJSON": self._client_data("webauthn.create", options["challenge"]),
            "attestationObject": bytes_to_base64url(cbor2.dumps(made)),
        }
        return self._sent(response, question) | other

    def proves(self, question: dict[str, Any], **other: Any) -> dict[str, str]:
        """The answer to a question who it is, as the form sends it."""
        self.counter += 1
        client = self._client_data("webauthn.get", question["publicKey"]["challenge"])
        data = self._data()
        signed = self.key.sign(data + sha256(base64url_to_bytes(client)).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": client,
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(signed),
            "userHandle": bytes_to_base64url(self.handle),
        }
        return self._sent(response, question) | other

    def _sent(self, response: dict[str, str], question: dict[str, Any]) -> dict[str, str]:
        key_id = bytes_to_base64url(self.key_id)
        credential = {"id": key_id, "rawId": key_id, "type": "public-key", "response": response}
        return {"credential": json.dumps(credential), "ticket": question["ticket"]}

    def _client_data(self, kind: str, challenge: str) -> str:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return bytes_to_base64url(json.dumps(said).encode())

    def _data(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return sha256(self.domain.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4)

    def _public_key(self) -> bytes:
        point = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
