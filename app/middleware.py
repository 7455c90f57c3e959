"""Around every request: security headers, the cross-site check, one line of log. Pure ASGI."""

import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import errors
from app.error_pages import show_crash, show_problem
from app.logs import log
from app.models.audit.whence import WHENCE, Whence
from app.rendering import build
from app.settings import settings

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
UNUSED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "midi",
    "payment",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": ", ".join(
        ("camera=(self)", "microphone=(self)", *(f"{feature}=()" for feature in UNUSED)),
    ),
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SecurityHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        secure = scope.get("scheme") == "https"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                # Whoever lacks this line is not us: a portal of the wifi, or a proxy that gave up.
                headers["klantsafari"] = build()
                if secure:
                    headers.setdefault("strict-transport-security", "max-age=31536000; includeSubDomains")
            await send(message)

        await self.app(scope, receive, with_headers)


class Crashes:
    """Starlette answers a crash outside of everything else, where no header of ours would be on it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as crash:
            if scope["type"] == "http" and not has_begun:
                await show_crash(Request(scope), crash)(scope, receive, send)
            raise


class CrossSiteCheck:
    """Unsafe methods only from our own pages: by Sec-Fetch-Site, else by Origin. A bearer token needs neither."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and not _same_site(Headers(scope=scope)):
            answer = show_problem(Request(scope), errors.Forbidden("cross_site"))
            return await answer(scope, receive, send)
        await self.app(scope, receive, send)


def _same_site(headers: Headers) -> bool:
    if headers.get("authorization", "").lower().startswith("bearer ") and "cookie" not in headers:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    own = {headers.get("host"), urlsplit(settings().base_url).netloc}
    # Empty for `null`, which a page in a sandbox sends.
    asked_from = urlsplit(headers.get("origin", "")).netloc
    return bool(asked_from) and asked_from in own


class Whereabouts:
    """What a request says of where it comes from, for the lines of the log that it writes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        address = (scope.get("client") or ("", 0))[0]
        token = WHENCE.set(Whence(address, Headers(scope=scope).get("user-agent", "")))
        try:
            await self.app(scope, receive, send)
        finally:
            WHENCE.reset(token)


class RequestLog:
    """Route, status and time; never the path's ids, a query or a body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/static/", "/health/")):
            return await self.app(scope, receive, send)
        began, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "path", "")
            took = round((time.perf_counter() - began) * 1000, 1)
            log.info("request", method=scope["method"], route=route, status=status, ms=took)
