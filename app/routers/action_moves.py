"""Moving a card: a sheet with the steps, and the move itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Conflict
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import arranging, changing, checking, queries
from app.models.action.schemas import Placement
from app.models.action.table import ImprovementAction, Step
from app.models.board import columns, ordering
from app.rendering import asker, fragment, is_htmx, page, see_other
from app.routers.board_view import BoardView
from app.routers.dependencies import Db, TheAction, may

router = APIRouter(prefix="/actions/{action_id}", include_in_schema=False)

LISTS = ("still", "mine", "wall")
Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


def sheet(request: Request, db: Session, form: Filled[Any], *, status: int = 200) -> Response:
    """The six steps: inside a dialog for htmx, else a page."""
    action = queries.get(db, asker(request), request.path_params["action_id"])
    view = BoardView.again(form.value("back"))
    template = "actions/_placement.html" if is_htmx(request) else "actions/placement.html"
    return page(request, template, status=status, nav="actions", action=action, form=form, view=view)


@router.get("/placement")
def choose(request: Request, db: Db, actor: Changer, action: TheAction, back: str = "") -> Response:
    checking.require(actor, queries.place_of(db, action))
    return sheet(request, db, blank(back=back))


@router.post("/placement")
def place(
    request: Request,
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[Placement], filled(Placement, again=sheet)],
) -> Response:
    try:
        to = ordering.shifted(db, actor, BoardView.again(form.value("back")).only, action, form.draft)
        arranging.place(db, action, to, by=actor)
    except Conflict as clash:
        if not is_htmx(request):
            return sheet(request, db, form.refused({"version": (clash.code, clash.details)}), status=409)
        return _columns(request, db, actor, action, clash=clash)
    if is_htmx(request):
        return _columns(request, db, actor, action)
    return see_other(_where_it_began(request, action))


def _columns(
    request: Request, db: Db, actor: Actor, action: ImprovementAction, *, clash: Conflict | None = None
) -> Response:
    """The touched columns as they are now, and one line that says what happened."""
    form = request.state.form
    view = BoardView.again(form.value("back"))
    touched = {action.step, *(s for s in Step if s in (form.value("from"), form.value("step")))}
    found = columns.touched(db, actor, view.only, touched, opened=view.opened)
    return fragment(
        request,
        "actions/_moved.html",
        status=409 if clash else 200,
        action=action,
        fault=(clash.code, clash.details) if clash else None,
        columns=found,
        **view.shown(db, actor),
    )


def _where_it_began(request: Request, action: ImprovementAction) -> str:
    back = request.state.form.value("back")
    if back == "page":
        return f"/actions/{action.id}"
    if back in LISTS:
        return f"/actions/{back}"
    return f"{BoardView.again(back).url(step=action.step)}#action-{action.id}"


@router.post("/ownership")
def take(db: Db, actor: Changer, action: TheAction) -> Response:
    changing.take(db, action, by=actor)
    return see_other(f"/actions/{action.id}")
