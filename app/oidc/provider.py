"""What the organisation's sign-in tells of itself: its addresses and keys, fetched when needed and kept a while."""

import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet, import_key

from app.oidc.fetching import fetch
from app.oidc.refusing import SsoRefused
from app.outside_addresses import is_safe
from app.settings import settings

KEPT = 3600.0
SOONEST = 30.0
"""Seconds between two looks for new keys, so that made-up key ids do not make us ask without end."""
ASYMMETRIC = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)


@dataclass
class Provider:
    issuer: str
    told: dict[str, Any]
    until: float
    keys: KeySet | None = None
    keys_at: float = field(default=0.0)

    @property
    def algorithms(self) -> list[str]:
        """Never "none", and never one by which our own secret or their public key would be the key."""
        named = self.told.get("id_token_signing_alg_values_supported")
        return sorted(ASYMMETRIC & set(named)) if isinstance(named, list) else ["RS256"]

    def address(self, name: str) -> str:
        found = self.told.get(name)
        if not isinstance(found, str) or not is_safe(found):
            raise SsoRefused("sso.down", f"no {name}")
        return found

    async def keys_with(self, kid: str | None) -> KeySet:
        """Theirs of now; asked for anew when one is named that we do not know, for keys are renewed."""
        stale = time.monotonic() - self.keys_at
        known = self.keys is not None and (kid is None or any(key.kid == kid for key in self.keys))
        if self.keys is None or stale > KEPT or (not known and stale > SOONEST):
            self.keys = _public(await fetch("GET", self.address("jwks_uri")))
            self.keys_at = time.monotonic()
        return self.keys


_known: dict[str, Provider] = {}


async def provider() -> Provider:
    issuer = settings().oidc_issuer
    found = _known.get(issuer)
    if found is None or found.until < time.monotonic():
        told = await fetch("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if told.get("issuer") != issuer:
            raise SsoRefused("sso.down", "another issuer")
        found = _known[issuer] = Provider(issuer, told, time.monotonic() + KEPT)
    return found


def forget() -> None:
    """What was told is asked for again."""
    _known.clear()


def _public(told: dict[str, Any]) -> KeySet:
    """Only keys to check signatures with, and no shared secret among them."""
    listed = told.get("keys")
    usable = [
        key
        for key in (listed if isinstance(listed, list) else [])
        if isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig"
    ]
    read = []
    for key in usable:
        # One of a kind that we do not know is no reason to do without the others.
        with suppress(JoseError, ValueError, KeyError, TypeError):
            read.append(import_key(key))
    return KeySet(read)
