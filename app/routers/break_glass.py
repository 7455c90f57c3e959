"""Noodtoegang: a beheerder reads along for an hour, and the managers of the place are told."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.break_glass import looking, opening, queries
from app.models.break_glass.schemas import BreakGlassDraft
from app.models.location.queries import tree
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/break-glass", include_in_schema=False)
Breaker = Annotated[Actor, may(Permission.BREAK_GLASS, confirmed=True)]
Told = Annotated[Actor, may(Permission.SUM_UP_LOG)]


@router.get("")
def index(request: Request, db: Db, actor: Told) -> Response:
    return page(request, "break_glass/index.html", nav="settings", accesses=queries.accesses(db, actor))


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(
        request,
        "break_glass/new.html",
        nav="settings",
        form=form,
        tree=tree(db, asker(request), Permission.BREAK_GLASS),
        fresh_id=form.value("id") or new_id(),
    )


@router.get("/new")
def new(request: Request, db: Db, actor: Breaker) -> Response:
    return form_page(request, db, blank())


@router.post("")
def create(
    db: Db,
    actor: Breaker,
    form: Annotated[Filled[BreakGlassDraft], filled(BreakGlassDraft, again=form_page)],
) -> Response:
    glass = opening.open_up(db, form.draft, by=actor)
    return see_other(f"/field-notes?location={glass.location_id}")


@router.get("/{break_glass_id}")
def show(request: Request, db: Db, actor: Told, break_glass_id: str) -> Response:
    access = queries.get(db, actor, break_glass_id)
    return page(
        request,
        "break_glass/show.html",
        nav="settings",
        access=access,
        looked=queries.looked(db, actor, access),
        to_see=access.glass.id in {one.glass.id for one in queries.to_tell(db, actor)},
    )


@router.post("/{break_glass_id}/closure")
def close(db: Db, actor: Annotated[Actor, may(Permission.BREAK_GLASS)], break_glass_id: str) -> Response:
    glass = opening.close(db, break_glass_id, by=actor)
    return see_other(f"/break-glass/{glass.id}")


@router.post("/{break_glass_id}/acknowledgement")
def see(db: Db, actor: Annotated[Actor, may(Permission.BE_TOLD)], break_glass_id: str) -> Response:
    looking.see(db, queries.get(db, actor, break_glass_id), by=actor)
    return see_other("/today")
