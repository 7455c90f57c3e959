"""What an ID token must hold before anybody is let in on it (OpenID Connect Core, 3.1.3.7)."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.clock import now
from app.oidc.flow import Flow
from app.oidc.provider import Provider
from app.oidc.refusing import SsoRefused
from app.settings import settings

LEEWAY = 60
"""Seconds that their clock and ours may differ."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Who it is: `issuer` and `subject` together. `email_verified` is None where the other side does not say."""

    issuer: str
    subject: str
    email: str
    email_verified: bool | None
    name: str
    auth_time: datetime | None
    all: Mapping[str, Any]


def key_named_by(token: str) -> str | None:
    """The key id in a header that nobody vouches for yet: good only to know whether there are newer keys."""
    head = token.partition(".")[0]
    try:
        kid = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))).get("kid")
    except (ValueError, AttributeError):
        raise SsoRefused("sso.untrusted", "unreadable") from None
    return kid if isinstance(kid, str) else None


def check(token: str, keys: KeySet, *, there: Provider, flow: Flow, access_token: object = None) -> Claims:
    own = settings().oidc_client_id
    try:
        read = jwt.decode(token, keys, algorithms=there.algorithms)
        found = CodeIDToken(
            read.claims,
            read.header,
            {"iss": {"essential": True, "value": there.issuer}, "aud": {"essential": True, "value": own}},
            {"nonce": flow.nonce, "client_id": own, "access_token": access_token},
        )
        found.validate(int(now().timestamp()), LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as wrong:
        raise SsoRefused("sso.untrusted", _why(wrong)) from None
    _check_rest(found, own, flow)
    return _claims(found, there.issuer)


def _check_rest(found: Mapping[str, Any], own: str, flow: Flow) -> None:
    """What the library leaves to us: it lets an empty subject by, several readers without azp, and `max_age=0`."""
    if not found["sub"] or len(found["sub"]) > 255:
        raise SsoRefused("sso.untrusted", "sub")
    several = isinstance(found["aud"], list) and len(found["aud"]) > 1
    if several and found.get("azp") != own:
        raise SsoRefused("sso.untrusted", "azp")
    if flow.anew and not (_moment(found.get("auth_time")) or 0) >= flow.began - LEEWAY:
        raise SsoRefused("sso.not_anew", "auth_time")


def _claims(found: Mapping[str, Any], issuer: str) -> Claims:
    told = _moment(found.get("auth_time"))
    verified = found.get("email_verified")
    email, name = (found.get(key) for key in ("email", "name"))
    return Claims(
        issuer,
        found["sub"],
        email.strip().lower() if isinstance(email, str) else "",
        verified if isinstance(verified, bool) else None,
        name.strip() if isinstance(name, str) else "",
        datetime.fromtimestamp(told, UTC) if told else None,
        dict(found),
    )


def _moment(value: object) -> int | None:
    """No later than now: who signs in tomorrow would stay confirmed until then."""
    latest = int(now().timestamp())
    if isinstance(value, bool) or not isinstance(value, int | float) or value > latest + LEEWAY:
        return None
    return min(int(value), latest)


def _why(wrong: Exception) -> str:
    """Which claim or which check, never a value from the token."""
    claim = getattr(wrong, "claim", "")
    return f"{type(wrong).__name__} {claim}".strip()[:60] if isinstance(claim, str) else type(wrong).__name__
