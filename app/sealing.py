"""Names and numbers are sealed (AES-256-GCM) before they reach the database; the key lies outside it."""

import base64
import os
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.settings import WrongSettings, settings

KEY_ID = b"1"
NONCE = 12


@cache
def _cipher() -> AESGCM:
    try:
        return AESGCM(_secret())
    except ValueError as wrong:
        raise WrongSettings("KLANTSAFARI_SECRET_KEY: must be base64 of 32 bytes") from wrong


def _secret() -> bytes:
    given = settings().secret_key.get_secret_value()
    return base64.b64decode(given, validate=True) if given else _key_file()


def _key_file() -> bytes:
    path = settings().data / "secret.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        key = AESGCM.generate_key(256)
        file.write(key)
    return key


def ready() -> None:
    """Reads the key, or makes it; WrongSettings when the given one is no key."""
    _cipher()


def derived(purpose: str) -> bytes:
    """32 bytes that follow from the secret and say nothing of it: the same for the same purpose, always."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(_secret())


def seal(text: str, *, place: str) -> bytes:
    """`place` (table, row and column) is bound in, so that a sealed value cannot be moved elsewhere."""
    nonce = os.urandom(NONCE)
    return KEY_ID + nonce + _cipher().encrypt(nonce, text.encode(), KEY_ID + place.encode())


def unseal(sealed: bytes, *, place: str) -> str:
    key_id, nonce, body = sealed[:1], sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    return _cipher().decrypt(nonce, body, key_id + place.encode()).decode()
