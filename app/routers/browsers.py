"""What is known of the browser that asks: its address, what kind of device it is, and its cookies."""

import re
import secrets
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from app.models.audit import whence
from app.models.user.passkeys import Site
from app.recognising import COOKIE
from app.settings import settings

BROWSER = "__Host-klantsafari-browser"
"""Says nothing of who it is: only that it is the same browser as before, so that its tries are its own."""
A_YEAR = 400 * 86_400


def address_of(request: Request) -> str:
    """The peer's address; forwarded headers count only from proxies that the server was told to trust."""
    return request.client.host if request.client else ""


def device_of(request: Request) -> str:
    return whence.device_of(request.headers.get("user-agent", ""))


def browser_of(request: Request) -> str:
    """The name this browser goes by; a new one when it has none, for `with_browser` to give along."""
    given = request.cookies.get(BROWSER, "")
    if not hasattr(request.state, "browser"):
        fits = re.fullmatch(r"[\w-]{43}", given, re.ASCII)
        request.state.browser = given if fits else secrets.token_urlsafe(32)
    return str(request.state.browser)


def with_browser(request: Request, answer: Response) -> Response:
    name = browser_of(request)
    if request.cookies.get(BROWSER) != name:
        answer.set_cookie(BROWSER, name, max_age=A_YEAR, path="/", secure=True, httponly=True, samesite="lax")
    return answer


def site_of(request: Request) -> Site:
    """As set, else as this browser asked. A Host header that somebody makes up fits none of the keys that we know."""
    address = urlsplit((settings().base_url or str(request.base_url)).lower())
    return Site(f"{address.scheme}://{address.netloc}", address.hostname or "", browser_of(request))


def keeps_cookie(request: Request) -> bool:
    """Whether a Secure cookie survives: https, or this very machine."""
    host = request.url.hostname or ""
    here = host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith("127.")
    return request.url.scheme == "https" or here


def with_session(answer: Response, token: str) -> Response:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=settings().session_days * 86_400,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )
    return answer


def without_session(answer: Response) -> Response:
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return answer


def public_address(request: Request) -> str:
    """Of the site itself, as people reach it; without a slash at the end."""
    return (settings().base_url or str(request.base_url)).rstrip("/")


def own_path(wanted: str, otherwise: str = "/today") -> str:
    """Where to go next, only within this site: browsers read `//evil` and `/\\evil` as another host."""
    inside = (
        wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    )
    return wanted if inside else otherwise
