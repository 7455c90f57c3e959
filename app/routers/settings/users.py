from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.location.queries import tree
from app.models.location.schemas import Nothing
from app.models.user import inviting, managing, queries
from app.models.user.queries import Person
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/settings/users", include_in_schema=False)
Inviter = Annotated[Actor, may(Permission.INVITE)]
Manager = Annotated[Actor, may(Permission.MANAGE_PEOPLE, confirmed=True)]


def person_here(request: Request, db: Session) -> Person:
    return queries.get(db, asker(request), request.path_params["user_id"])


def show_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    return page(
        request,
        "settings/users/show.html",
        nav="settings",
        form=form,
        person=person_here(request, db),
        tree=tree(db, actor, Permission.MANAGE_PEOPLE),
    )


@router.get("")
def index(request: Request, db: Db, actor: Inviter, after: str = "") -> Response:
    return page(
        request,
        "settings/users/index.html",
        nav="settings",
        people=queries.people(db, actor, after=after),
        invitations=inviting.open_ones(db, actor),
    )


@router.get("/{user_id}")
def show(request: Request, db: Db, actor: Inviter) -> Response:
    return show_page(request, db, blank())


@router.post("/{user_id}/closure")
def disable(
    request: Request,
    db: Db,
    actor: Manager,
    form: Annotated[Filled[Nothing], filled(Nothing, again=show_page)],
) -> Response:
    person = person_here(request, db)
    managing.disable(db, person, by=actor)
    return see_other(f"/settings/users/{person.user.id}")


@router.post("/{user_id}/reopening")
def enable(request: Request, db: Db, actor: Manager) -> Response:
    person = person_here(request, db)
    managing.enable(db, person, by=actor)
    return see_other(f"/settings/users/{person.user.id}")
