from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.location import arranging, queries
from app.models.location.schemas import LocationChanges, LocationDraft, Nothing
from app.models.location.table import Location
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/settings/locations", include_in_schema=False)
Manager = Annotated[Actor, may(Permission.MANAGE_PEOPLE)]
Confirmed = Annotated[Actor, may(Permission.MANAGE_PEOPLE, confirmed=True)]
LIST = "/settings/locations"


def _tree(request: Request, db: Session) -> list[Location]:
    return queries.tree(db, asker(request), Permission.MANAGE_PEOPLE)


def _here(request: Request, db: Session) -> Location:
    return queries.get(db, asker(request), request.path_params["location_id"], Permission.MANAGE_PEOPLE)


def new_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(request, "settings/locations/new.html", nav="settings", form=form, tree=_tree(request, db))


def edit_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    location = _here(request, db)
    if "name" not in form.values:
        form = Filled({"name": location.name}, faults=form.faults)
    return page(request, "settings/locations/edit.html", nav="settings", form=form, location=location)


@router.get("")
def index(request: Request, db: Db, actor: Manager) -> Response:
    return page(request, "settings/locations/index.html", nav="settings", tree=_tree(request, db))


@router.get("/new")
def new(request: Request, db: Db, actor: Confirmed, parent: str = "") -> Response:
    return new_page(request, db, blank(parent_id=parent, kind="location"))


@router.post("")
def create(
    db: Db, actor: Confirmed, form: Annotated[Filled[LocationDraft], filled(LocationDraft, again=new_page)]
) -> Response:
    arranging.add(db, form.draft, by=actor)
    return see_other(LIST)


@router.get("/{location_id}")
def edit(request: Request, db: Db, actor: Confirmed) -> Response:
    return edit_page(request, db, blank())


@router.post("/{location_id}")
def rename(
    request: Request,
    db: Db,
    actor: Confirmed,
    form: Annotated[Filled[LocationChanges], filled(LocationChanges, again=edit_page)],
) -> Response:
    arranging.rename(db, _here(request, db), form.draft, by=actor)
    return see_other(LIST)


@router.post("/{location_id}/removal")
def remove(
    request: Request,
    db: Db,
    actor: Confirmed,
    form: Annotated[Filled[Nothing], filled(Nothing, again=edit_page)],
) -> Response:
    arranging.remove(db, _here(request, db), by=actor)
    return see_other(LIST)
