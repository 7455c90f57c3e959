"""How much may be sent, and by whom: asked before it is read. Pure ASGI."""

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import errors
from app.database import database
from app.error_pages import show_problem
from app.recognising import known
from app.settings import settings

STRANGER_LIMIT = 64_000


class BodyLimit:
    """Counts while reading. Who carries no sign of being signed in may send little, and more than that is read only
    from who is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        claims = "cookie" in headers or "authorization" in headers
        limit = settings().body_limit if claims else STRANGER_LIMIT
        refusal: errors.Problem = errors.TooLarge("too_large", limit=max(1, limit // 1_000_000))
        if not claims and scope["path"].startswith("/api/"):
            # A phone whose session ended must not hear that its photo is too large.
            refusal = errors.NotSignedIn()
        announced = int(headers.get("content-length") or 0)
        if announced > settings().body_limit or "transfer-encoding" in headers:
            send = _hanging_up(send)
        if announced > limit:
            answer = show_problem(Request(scope), refusal)
            return await answer(scope, receive, send)
        # Shared from here on: who was recognised before the body was read is not asked for again.
        scope.setdefault("state", {})
        await self.app(scope, _counted(scope, receive, announced, limit, refusal), send)


def _hanging_up(send: Send) -> Send:
    """The server would go on reading, and throw away, whatever comes after the answer: a body without an end for
    ever. A phone says how much it sends, and that much is read out, so that it hears the answer."""

    async def last(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["connection"] = "close"
        await send(message)

    return last


def _counted(
    scope: Scope, receive: Receive, announced: int, limit: int, refusal: errors.Problem
) -> Callable[[], Awaitable[Message]]:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        if announced > STRANGER_LIMIT:
            await _only_from_someone(scope)
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413) from refusal
        if seen > STRANGER_LIMIT:
            await _only_from_someone(scope)
        return message

    return counted


async def _only_from_someone(scope: Scope) -> None:
    """Any cookie can be made up. FastAPI lets only HTTPException through while it reads a body."""
    if scope["state"].get("actor") is not None:
        return
    try:
        async with database().reading_in_turn() as db:
            await run_in_threadpool(known, Request(scope), db)
    except errors.NotSignedIn as nobody:
        raise HTTPException(401) from nobody
