"""The last step of every way in: the session, its cookie, and the browser that is known from now on."""

from datetime import datetime

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.models.user import half_in, signing_in
from app.models.user.table import User, Way
from app.models.user.tickets import VALID_FOR
from app.recognising import COOKIE
from app.rendering import see_other
from app.routers.browsers import address_of, browser_of, device_of, with_browser, with_session

HALF_IN = "__Host-klantsafari-half"


def enter_or_ask_code(
    request: Request, db: Session, user: User, wanted: str, way: Way, *, proven_at: datetime | None = None
) -> Response:
    """Who has a code app, is not in yet. `way` is without that code."""
    with_code = Way.PASSWORD_AND_CODE if way is Way.PASSWORD else way
    ticket = half_in.ticket_for(db, user, browser_of(request), wanted, with_code, proven_at)
    if ticket:
        return half_way(request, ticket)
    return enter(request, db, user, wanted, way, proven_at=proven_at)


def enter(
    request: Request,
    db: Session,
    user: User,
    wanted: str,
    way: Way = Way.PASSWORD,
    *,
    proven_at: datetime | None = None,
    strong: bool = False,
) -> Response:
    """`strong`: with a second factor, or with a passkey, which is two in one."""
    token = signing_in.admit(
        db,
        user,
        address=address_of(request),
        device=device_of(request),
        instead_of=request.cookies.get(COOKIE),
        browser=browser_of(request),
        way=way,
        proven_at=proven_at,
        strong=strong,
    )
    answer = with_browser(request, with_session(see_other(wanted), token))
    if HALF_IN in request.cookies:
        answer.delete_cookie(HALF_IN, path="/", secure=True, httponly=True, samesite="lax")
    return answer


def half_way(request: Request, ticket: str) -> Response:
    """To the code; what the browser gets is no session."""
    answer = see_other("/session/second-step")
    answer.set_cookie(
        HALF_IN,
        ticket,
        max_age=round(VALID_FOR.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )
    return with_browser(request, answer)
