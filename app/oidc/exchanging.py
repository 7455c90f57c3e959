"""From the code that the browser brought back to who it is."""

from base64 import b64encode
from typing import Any
from urllib.parse import quote_plus

from app.oidc.fetching import fetch
from app.oidc.flow import Flow
from app.oidc.id_tokens import Claims, check, key_named_by
from app.oidc.provider import Provider
from app.oidc.refusing import SsoRefused
from app.settings import settings


async def claims_for(flow: Flow, there: Provider, *, code: str, back: str) -> Claims:
    """SsoRefused when the code was used before, or when anything about the ID token is not right."""
    given = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": flow.verifier,
    }
    told = await fetch("POST", there.address("token_endpoint"), **_as_ourselves(there, given))
    id_token = told.get("id_token")
    if not isinstance(id_token, str):
        raise SsoRefused("sso.untrusted", "no id_token")
    keys = await there.keys_with(key_named_by(id_token))
    return check(id_token, keys, there=there, flow=flow, access_token=told.get("access_token"))


def _as_ourselves(there: Provider, given: dict[str, str]) -> dict[str, Any]:
    """RFC 6749, 2.3.1: the client's id and secret in a header, unless the other side wants them in the body."""
    own, secret = settings().oidc_client_id, settings().oidc_client_secret.get_secret_value()
    ways = there.told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    headers = {"accept": "application/json"}
    if not secret:
        return {"data": given | {"client_id": own}, "headers": headers}
    if "client_secret_basic" not in ways and "client_secret_post" in ways:
        return {"data": given | {"client_id": own, "client_secret": secret}, "headers": headers}
    pair = b64encode(f"{quote_plus(own)}:{quote_plus(secret)}".encode()).decode()
    return {"data": given, "headers": headers | {"authorization": f"Basic {pair}"}}
