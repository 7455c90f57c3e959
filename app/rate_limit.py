"""How often may be asked: by an address at the doors, by a stranger anywhere, and by one sign-in that writes.

Counted in the memory of each process: it keeps a flood from others, it proves nothing. Tries of a password are counted
in the database, per account and address.
"""

import hashlib

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app import errors
from app.error_pages import show_problem
from app.networks import as_counted, known_as
from app.settings import settings

DOORS = ("/login", "/setup", "/invitations/", "/join/", "/session/", "/u/")
"""Where somebody guesses: a password, a link, a code. Their pages and forms count alike, signed in or not."""
AT_THE_DOORS = RateLimitItemPerMinute(300)
"""A whole office that signs in at nine shares one address."""
BY_A_STRANGER = RateLimitItemPerMinute(900)
NOT_COUNTED = ("/static/", "/health/")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class RateLimit:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.limiter = FixedWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._within(scope):
            answer = show_problem(Request(scope), errors.TooMany("too_often", seconds=60))
            return await answer(scope, receive, send)
        await self.app(scope, receive, send)

    def _within(self, scope: Scope) -> bool:
        path, headers = scope["path"], Headers(scope=scope)
        if path.startswith(NOT_COUNTED):
            return True
        proof = headers.get("authorization") or headers.get("cookie")
        address = (scope.get("client") or ("", 0))[0]
        place = as_counted(address) if known_as(address) else ""
        if place and path.startswith(DOORS) and not self.limiter.hit(AT_THE_DOORS, "doors", place):
            return False
        if not proof:
            return not place or self.limiter.hit(BY_A_STRANGER, "stranger", place)
        most = settings().writes_a_minute
        if scope["method"] in SAFE or not most:
            return True
        who = hashlib.sha256(proof.encode()).hexdigest()
        return self.limiter.hit(RateLimitItemPerMinute(most), "writes", who)
