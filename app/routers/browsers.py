"""What is known of the browser that asks: its address, what kind of device it is, and its session cookie."""

from fastapi import Request
from starlette.responses import Response

from app.models.audit import whence
from app.recognising import COOKIE
from app.settings import settings


def address_of(request: Request) -> str:
    """The peer's address; forwarded headers count only from proxies that the server was told to trust."""
    return request.client.host if request.client else ""


def device_of(request: Request) -> str:
    return whence.device_of(request.headers.get("user-agent", ""))


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
