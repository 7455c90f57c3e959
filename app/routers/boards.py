"""Boards that people keep: the list, a form that keeps the board as it is looked at, and away with one."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.board import keeping
from app.models.board.schemas import BoardDraft
from app.rendering import asker, page, see_other
from app.routers.board_view import BoardView
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/actions/boards", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]


@router.get("")
def index(request: Request, db: Db, actor: Reader) -> Response:
    found = keeping.boards(db, actor)
    rows = [(board, BoardView.kept(board).url(), keeping.removable(db, board, actor)) for board in found]
    return page(request, "boards/index.html", nav="actions", rows=rows)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    view = BoardView.again(form.value("back"))
    places = keeping.shareable(db, actor)
    return page(
        request, "boards/new.html", nav="actions", form=form, view=view, places=places, fresh_id=new_id()
    )


@router.get("/new")
def new(request: Request, db: Db, actor: Reader, back: str = "") -> Response:
    return form_page(request, db, blank(back=back))


@router.post("")
def keep(
    db: Db, actor: Reader, form: Annotated[Filled[BoardDraft], filled(BoardDraft, again=form_page)]
) -> Response:
    draft = form.draft
    board = keeping.keep(db, draft, BoardView.again(draft.back).only, by=actor)
    return see_other(BoardView.kept(board).url())


@router.post("/{board_id}/removal")
def remove(db: Db, actor: Reader, board_id: str) -> Response:
    keeping.remove(db, keeping.get(db, actor, board_id), by=actor)
    return see_other("/actions/boards")
