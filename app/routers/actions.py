"""The board and the page of one action."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id, today
from app.forms import blank
from app.models.access import Actor, Permission
from app.models.action import history, owners, queries, ruling, stories
from app.models.action.filter import ActionFilter
from app.models.action.table import Step
from app.models.board import cards, columns
from app.models.location.queries import places
from app.models.proposal.supporting import more_for
from app.rendering import fragment, is_htmx, page
from app.routers.board_view import BoardView
from app.routers.dependencies import Db, TheAction, may

router = APIRouter(prefix="/actions", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]
Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


@router.get("")
def index(
    request: Request,
    db: Db,
    actor: Reader,
    asked: Annotated[ActionFilter, Query()],
    after: str = "",
    pick: bool = False,
) -> Response:
    view = BoardView.of(asked, pick=pick and actor.may(Permission.CHANGE_ACTION))
    if after:
        return _below(request, db, actor, view, after)
    found = columns.board(db, actor, view.only, opened=view.opened)
    return page(request, "actions/index.html", columns=found, **_around(db, actor, view, found))


def _below(request: Request, db: Session, actor: Actor, view: BoardView, after: str) -> Response:
    """More of one column: a fragment for htmx, the whole board with that column further down without script."""
    step = view.step or Step.NEW
    column = columns.more(db, actor, view.only, step, after)
    if is_htmx(request):
        return fragment(request, "actions/_cards.html", column=column, view=view, today=today())
    found = columns.board(db, actor, view.only, opened=view.opened)
    found = [column if other.step == step else other for other in found]
    return page(request, "actions/index.html", columns=found, **_around(db, actor, view, found))


def _around(db: Session, actor: Actor, view: BoardView, found: list[columns.Column]) -> dict[str, Any]:
    return {
        "nav": "actions",
        "places": places(db, actor, Permission.READ_BOARD),
        "teams": queries.teams_to_choose(db, actor),
        "form": blank(),
        "people": owners.to_choose(db, actor) if view.pick else [],
        **view.around(db, actor),
        **view.shown(db, actor, found),
    }


@router.get("/new")
def new(request: Request, db: Db, actor: Changer) -> Response:
    """An action begins with a story: the newest ones to choose from."""
    return page(request, "actions/new.html", nav="actions", stories=stories.newest(db, actor))


@router.get("/{action_id}")
def show(request: Request, db: Db, actor: Reader, action: TheAction) -> Response:
    place = queries.place_of(db, action)
    may_read_notes = actor.may(Permission.READ_NOTE, at=place.path)
    return page(
        request,
        "actions/show.html",
        nav="actions",
        card=cards.card(db, actor, action),
        spot=place,
        teams=queries.teams_of(db, action.id),
        rules=ruling.rules_of(db, actor, action.id),
        grounds=queries.evidence_of(db, action.id) if may_read_notes else [],
        events=history.history(db, action),
        more=more_for(db, actor, action, place),
        may_read_notes=may_read_notes,
        today=today(),
        form=blank(back="page"),
        view=BoardView(ActionFilter()),
        fresh_id=new_id(),
    )
