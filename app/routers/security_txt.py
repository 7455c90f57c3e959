"""Where to report a weakness (RFC 9116)."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.clock import now
from app.errors import NotFound
from app.routers.dependencies import Public
from app.settings import settings

router = APIRouter(include_in_schema=False, dependencies=[Public])
PATH = "/.well-known/security.txt"


@router.get(PATH)
def show() -> Response:
    """404 as long as nobody is named."""
    if not settings().security_contact:
        raise NotFound
    # A whole day, so that the answer is the same all day; at most a year ahead, as the RFC asks.
    expires = (now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: {settings().security_contact}", f"Expires: {expires}", "Preferred-Languages: nl, en"]
    if settings().base_url:
        lines.append(f"Canonical: {settings().base_url.rstrip('/')}{PATH}")
    return PlainTextResponse("\n".join(lines) + "\n")
