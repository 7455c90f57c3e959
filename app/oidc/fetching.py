"""Small JSON from the organisation's sign-in: over TLS, without following anybody elsewhere, and never for long."""

import asyncio
import json
import ssl
from functools import cache
from typing import Any

import httpx

from app.oidc.refusing import SsoRefused
from app.outside_addresses import is_safe

LARGEST = 1_000_000
PATIENCE = 8.0
"""Seconds for one question and its whole answer."""


async def fetch(method: str, url: str, **asked: Any) -> dict[str, Any]:
    """The JSON object; SsoRefused when there is none. A redirect is no answer: it is not followed."""
    status, body = await _ask(method, url, **asked)
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if status >= 500 or not isinstance(found, dict):
        raise SsoRefused("sso.down", f"HTTP {status}")
    if status != 200:
        error = found.get("error")
        raise SsoRefused("sso.refused", error[:40] if isinstance(error, str) else f"HTTP {status}")
    return found


@cache
def _trusted() -> ssl.SSLContext:
    """Read once: it takes a tenth of a second, in which nobody else is answered."""
    return httpx.create_ssl_context()


async def _ask(method: str, url: str, **asked: Any) -> tuple[int, bytes]:
    if not is_safe(url):
        raise SsoRefused("sso.down", "no https")
    body = b""
    try:
        async with (
            asyncio.timeout(PATIENCE),
            httpx.AsyncClient(verify=_trusted(), timeout=PATIENCE, follow_redirects=False) as client,
            client.stream(method, url, **asked) as answer,
        ):
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LARGEST:
                    raise SsoRefused("sso.down", "too large")
            return answer.status_code, body
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as trouble:
        raise SsoRefused("sso.down", type(trouble).__name__) from None
