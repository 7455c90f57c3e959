"""My calendar on my phone: a link that only I have, and that I can take back."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.models.rhythm import calendars
from app.rendering import asker, page, see_other
from app.routers.browsers import public_address
from app.routers.dependencies import Db, Public, SignedIn

router = APIRouter(include_in_schema=False)


def _show(request: Request, db: Session, token: str = "") -> Response:
    link = f"{public_address(request)}/calendars/{token}/klantsafari.ics" if token else ""
    has_one = calendars.has_link(db, asker(request))
    return page(request, "rhythm/calendar.html", nav="me", link=link, has_one=has_one)


@router.get("/me/calendar")
def show(request: Request, db: Db, actor: SignedIn) -> Response:
    return _show(request, db)


@router.post("/me/calendar")
def make(request: Request, db: Db, actor: SignedIn) -> Response:
    """Answers with the link itself: it is shown this once, and can be made anew."""
    return _show(request, db, calendars.make_link(db, by=actor))


@router.post("/me/calendar/removal")
def take_back(db: Db, actor: SignedIn) -> Response:
    calendars.take_back(db, by=actor)
    return see_other("/me/calendar")


@router.get("/calendars/{calendar_token}/klantsafari.ics", dependencies=[Public])
def feed(request: Request, calendar_token: str, db: Db) -> Response:
    """For a phone's calendar, which has no session: the token is the proof."""
    body = calendars.feed(db, calendars.owner(db, calendar_token), base=public_address(request))
    return Response(body, media_type="text/calendar; charset=utf-8", headers={"x-robots-tag": "noindex"})
