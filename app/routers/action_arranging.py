"""Several cards at once: chosen with a tick on the board, moved and given to somebody in one go."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, filled
from app.models.access import Actor, Permission
from app.models.action import arranging_many, owners, queries
from app.models.action.arranging_many import ManyDraft
from app.models.board import columns
from app.models.location.queries import places
from app.rendering import asker, page, see_other
from app.routers.board_view import BoardView
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/actions", include_in_schema=False)


def board_again(request: Request, db: Session, form: Filled[Any]) -> Response:
    """The board with what was wrong, and the same cards ticked."""
    actor, view = asker(request), BoardView.again(form.value("back"))
    found = columns.board(db, actor, view.only, opened=view.opened)
    return page(
        request,
        "actions/index.html",
        status=422,
        nav="actions",
        columns=found,
        form=form,
        places=places(db, actor, Permission.READ_BOARD),
        teams=queries.teams_to_choose(db, actor),
        people=owners.to_choose(db, actor),
        **view.shown(db, actor, found),
        **view.around(db, actor),
    )


@router.post("/arrangement")
def arrange(
    request: Request,
    db: Db,
    actor: Annotated[Actor, may(Permission.CHANGE_ACTION)],
    form: Annotated[Filled[ManyDraft], filled(ManyDraft, again=board_again)],
) -> Response:
    outcome = arranging_many.arrange(db, form.draft, by=actor)
    view = BoardView.again(form.value("back"))
    if not outcome.refused and not outcome.gone:
        step = form.draft.step or view.step
        return see_other(view.url(step=step, pick=0))
    return page(
        request,
        "actions/arranged.html",
        status=409,
        nav="actions",
        outcome=outcome,
        draft=form.draft,
        view=view,
    )
