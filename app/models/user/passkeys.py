"""Passkeys: what is asked of a device, and whether its answer proves who it is. Pure, but for the tickets' clock."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from webauthn import generate_authentication_options, generate_registration_options
from webauthn.authentication.verify_authentication_response import (
    VerifiedAuthentication,
    verify_authentication_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import (
    VerifiedRegistration,
    verify_registration_response,
)

from app.errors import Invalid
from app.models.user import tickets
from app.models.user.proof_table import Passkey

REQUIRED = UserVerificationRequirement.REQUIRED
WAITS = 300_000
"""Milliseconds, as long as a ticket counts."""
BROKEN = (WebAuthnException, ValueError, KeyError, TypeError, IndexError, AttributeError)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a passkey is made for, and in which browser the question was asked."""

    origin: str
    domain: str
    browser: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose key it becomes; `id` is all that the device tells us later."""

    id: str
    email: str
    name: str


def ask_for_new(site: Site, purpose: str, holder: Holder, known: Iterable[Passkey] = ()) -> dict[str, Any]:
    challenge = secrets.token_bytes(32)
    options = generate_registration_options(
        rp_id=site.domain,
        rp_name="Klantsafari",
        user_id=holder.id.encode(),
        user_name=holder.email,
        user_display_name=holder.name,
        challenge=challenge,
        timeout=WAITS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=REQUIRED
        ),
        exclude_credentials=_described(known),
    )
    held = {"challenge": bytes_to_base64url(challenge), "holder": holder.id}
    return {"publicKey": options_to_json_dict(options), "ticket": tickets.issue(purpose, site.browser, held)}


def ask(site: Site, purpose: str, known: Iterable[Passkey] = ()) -> dict[str, Any]:
    """Without `known`: any key that the device itself can name."""
    challenge = secrets.token_bytes(32)
    options = generate_authentication_options(
        rp_id=site.domain,
        challenge=challenge,
        timeout=WAITS,
        allow_credentials=_described(known),
        user_verification=REQUIRED,
    )
    held = {"challenge": bytes_to_base64url(challenge)}
    return {"publicKey": options_to_json_dict(options), "ticket": tickets.issue(purpose, site.browser, held)}


def asked(ticket: str, site: Site, purpose: str) -> dict[str, str]:
    held = tickets.read(ticket, purpose, site.browser)
    if held is None:
        raise Invalid({"passkey": "passkey.stale"})
    return held


def made(answer: str, site: Site, challenge: str) -> VerifiedRegistration:
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except BROKEN as wrong:
        raise Invalid({"passkey": "passkey.refused"}) from wrong


def proven(answer: str, site: Site, challenge: str, key: Passkey) -> VerifiedAuthentication:
    """A key that was made for another domain never fits: which one is asked for, a visitor can make up."""
    if key.site != site.domain:
        raise Invalid({"passkey": "passkey.refused"})
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.used,
            require_user_verification=True,
        )
    except BROKEN as wrong:
        raise Invalid({"passkey": "passkey.refused"}) from wrong


def _described(keys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.key_id)) for key in keys]
