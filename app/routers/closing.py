"""Afronden: what was done, what struck you most, and the helmet off."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.board import harvest
from app.models.safari import closing, queries
from app.models.safari.schemas import DebriefDraft
from app.models.safari.table import SafariState
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheSafari, may

router = APIRouter(prefix="/safaris/{safari_id}/closure", include_in_schema=False)

Leader = Annotated[Actor, may(Permission.LEAD_SAFARI)]


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    safari = queries.get(db, actor, request.path_params["safari_id"])
    return page(
        request,
        "safaris/closure.html",
        form=form,
        outing=queries.outing(db, safari),
        tally=harvest.tally(db, safari.id),
    )


@router.get("")
def wrap_up(request: Request, db: Db, actor: Leader, safari: TheSafari) -> Response:
    if safari.state == SafariState.CLOSED:
        return see_other(f"/safaris/{safari.id}")
    closing.may_close(db, safari, by=actor)
    return form_page(request, db, blank())


@router.post("")
def close(
    db: Db,
    actor: Leader,
    safari: TheSafari,
    form: Annotated[Filled[DebriefDraft], filled(DebriefDraft, again=form_page)],
) -> Response:
    closing.close(db, safari, form.draft, by=actor)
    return see_other(f"/safaris/{safari.id}")
