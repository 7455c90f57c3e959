"""Going along with somebody's safari: the link and its QR, and what you see when you follow it."""

import io
from typing import Annotated

import segno
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.models.access import Actor, Permission
from app.models.guide import queries as guides
from app.models.safari import joining, queries
from app.models.safari.table import Safari
from app.rendering import page, see_other
from app.routers.dependencies import Db, TheSafari, may
from app.settings import settings

router = APIRouter(include_in_schema=False)

Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]


def link_to(request: Request, safari: Safari) -> str:
    base = settings().base_url or str(request.base_url)
    return f"{base.rstrip('/')}/join/{safari.join_code}"


@router.get("/safaris/{safari_id}/invitation")
def invite(request: Request, db: Db, actor: Recorder, safari: TheSafari) -> Response:
    return page(
        request,
        "joining/invitation.html",
        nav="safaris",
        outing=queries.outing(db, safari),
        participants=queries.participants(db, safari),
        link=link_to(request, safari),
    )


@router.get("/safaris/{safari_id}/invitation.svg")
def code(request: Request, db: Db, actor: Recorder, safari: TheSafari) -> Response:
    """White around it in the dark too: a camera needs the contrast and the quiet edge."""
    drawn = io.BytesIO()
    segno.make(link_to(request, safari), error="m", micro=False).save(
        drawn, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@router.get("/join/{code}")
def show(request: Request, db: Db, actor: Recorder, code: str) -> Response:
    safari = queries.by_code(db, code)
    if queries.is_in(db, actor, safari):
        return see_other(f"/safaris/{safari.id}")
    return page(
        request,
        "joining/show.html",
        nav="safaris",
        outing=queries.outing(db, safari),
        outline=guides.outline(db, safari.guide_version_id),
        tried=f"/join/{code}",
    )


@router.post("/join/{code}")
def join(db: Db, actor: Recorder, code: str) -> Response:
    safari = queries.by_code(db, code)
    joining.join(db, safari, by=actor)
    return see_other(f"/safaris/{safari.id}")
