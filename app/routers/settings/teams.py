from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.location.queries import tree
from app.models.team import arranging, queries
from app.models.team.schemas import TeamChanges, TeamDraft
from app.models.team.table import Team
from app.models.user.queries import choices
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/settings/teams", include_in_schema=False)
Manager = Annotated[Actor, may(Permission.MANAGE_PEOPLE)]
LIST = "/settings/teams"


def _here(request: Request, db: Session) -> Team:
    return queries.get(db, asker(request), request.path_params["team_id"], Permission.MANAGE_PEOPLE)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    team = _here(request, db) if "team_id" in request.path_params else None
    if team and "name" not in form.values:
        form = blank(name=team.name, members=list(queries.member_ids(db, team)))
    return page(
        request,
        "settings/teams/form.html",
        nav="settings",
        form=form,
        team=team,
        tree=tree(db, actor, Permission.MANAGE_PEOPLE),
        people=choices(db, actor),
    )


@router.get("")
def index(request: Request, db: Db, actor: Manager) -> Response:
    return page(request, "settings/teams/index.html", nav="settings", rows=queries.rows(db, actor))


@router.get("/new")
def new(request: Request, db: Db, actor: Manager) -> Response:
    return form_page(request, db, blank())


@router.post("")
def create(
    db: Db, actor: Manager, form: Annotated[Filled[TeamDraft], filled(TeamDraft, again=form_page)]
) -> Response:
    arranging.add(db, form.draft, by=actor)
    return see_other(LIST)


@router.get("/{team_id}")
def edit(request: Request, db: Db, actor: Manager) -> Response:
    return form_page(request, db, blank())


@router.post("/{team_id}")
def change(
    request: Request,
    db: Db,
    actor: Manager,
    form: Annotated[Filled[TeamChanges], filled(TeamChanges, again=form_page)],
) -> Response:
    arranging.change(db, _here(request, db), form.draft, by=actor)
    return see_other(LIST)
