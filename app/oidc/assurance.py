"""Whether the organisation's own sign-in asked a second factor: what it says of that itself, or what is set here."""

from collections.abc import Mapping
from typing import Any

from app.settings import settings

METHODS = frozenset({"mfa", "mca", "otp", "hwk", "sc", "fido", "ngcmfa"})
"""Of the claim `amr`: RFC 8176, and what Entra adds. A text message is none: a number is taken over too easily."""
CLASSES = frozenset(
    {
        "mfa",
        "phr",
        "phrh",
        "https://refeds.org/profile/mfa",
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
        "http://schemas.openid.net/pape/policies/2007/06/phishing-resistant",
    }
)
"""Of the claim `acr`: only names that mean the same everywhere."""


def is_strong(claims: Mapping[str, Any]) -> bool:
    return settings().oidc_second_factor or bool(
        _told(claims, "amr") & METHODS | _told(claims, "acr") & CLASSES
    )


def _told(claims: Mapping[str, Any], name: str) -> set[str]:
    """A list or one text; nobody checked what is in it."""
    told = claims.get(name)
    return {one for one in (told if isinstance(told, list) else [told]) if isinstance(one, str)}
