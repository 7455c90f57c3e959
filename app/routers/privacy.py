"""What do we do with your answers? For the customer: nobody signs in, nothing is kept on their phone."""

import io
from typing import Annotated

import segno
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.i18n import LANGUAGES
from app.models.access import Actor, Permission
from app.models.location.table import Location
from app.models.privacy import telling
from app.models.safari import queries as safaris
from app.rendering import page
from app.routers.dependencies import Db, Public, TheSafari, may
from app.settings import settings

router = APIRouter(include_in_schema=False)
Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]


def link_to(request: Request, place: Location) -> str:
    base = settings().base_url or str(request.base_url)
    return f"{base.rstrip('/')}/privacy/{telling.code_of(place)}"


def _page(request: Request, db: Db, code: str, lang: str) -> Response:
    if lang in LANGUAGES:
        request.state.language = lang
    return page(request, "privacy/show.html", told=telling.page(db, code), code=code)


@router.get("/privacy", dependencies=[Public])
def organisation(request: Request, db: Db, lang: str = "") -> Response:
    return _page(request, db, "", lang)


@router.get("/privacy/{place_code}", dependencies=[Public])
def place(request: Request, db: Db, place_code: str, lang: str = "") -> Response:
    return _page(request, db, place_code, lang)


@router.get("/privacy/{place_code}/code.svg", dependencies=[Public])
def code(request: Request, db: Db, place_code: str) -> Response:
    """White around it in the dark too: a camera needs the contrast and the quiet edge."""
    drawn = io.BytesIO()
    segno.make(link_to(request, telling.page(db, place_code).place), error="m", micro=False).save(
        drawn, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@router.get("/safaris/{safari_id}/privacy")
def card(request: Request, db: Db, actor: Recorder, safari: TheSafari) -> Response:
    """To hold up to a customer, or to print for the counter."""
    outing = safaris.outing(db, safari)
    return page(
        request,
        "privacy/card.html",
        nav="safaris",
        outing=outing,
        code=telling.code_of(outing.place),
        link=link_to(request, outing.place),
    )
