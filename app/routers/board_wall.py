"""Stand-up: the board on the wall, read from three metres and walked with the arrow keys."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.models.access import Actor, Permission
from app.models.action.filter import ActionFilter
from app.models.board import columns
from app.models.location.queries import places
from app.rendering import page
from app.routers.board_view import BoardView
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/actions", include_in_schema=False)


@router.get("/wall")
def show(
    request: Request,
    db: Db,
    actor: Annotated[Actor, may(Permission.READ_BOARD)],
    asked: Annotated[ActionFilter, Query()],
) -> Response:
    view = BoardView.of(asked)
    found = columns.board(db, actor, view.only)
    there = places(db, actor, Permission.READ_BOARD)
    spot = next((p for p in there if p.id == view.only.location), there[0] if len(there) == 1 else None)
    around = view.shown(db, actor, found) | view.around(db, actor)
    return page(request, "actions/wall.html", columns=found, spot=spot, **around)
