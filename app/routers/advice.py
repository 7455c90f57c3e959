"""Advice without action: what customers would do, and nobody took up."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, filled
from app.models.access import Actor, Permission
from app.models.field_note.filter import FieldNoteFilter
from app.models.location.queries import places
from app.models.proposal import advising
from app.models.proposal.schemas import RejectionDraft
from app.models.tag import queries as tags
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/advice", include_in_schema=False)

SHOWN = 10
Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


@router.get("")
def index(
    request: Request,
    db: Db,
    actor: Changer,
    location: Annotated[str, Query(max_length=36)] = "",
    tag: Annotated[str, Query(max_length=60)] = "",
    cursor: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    only = FieldNoteFilter(location=location or None, tag=tag or None)
    return page(
        request,
        "advice/index.html",
        nav="proposals",
        found=advising.page(db, actor, only, limit=SHOWN, cursor=cursor),
        total=advising.count(db, actor, only),
        only=only,
        places=places(db, actor, Permission.CHANGE_ACTION),
        themes=tags.active(db),
    )


def again(request: Request, db: Session, form: Filled[Any]) -> Response:
    advice = advising.get(db, asker(request), request.path_params["advice_id"])
    return page(request, "advice/show.html", nav="proposals", form=form, advice=advice)


@router.post("/{advice_id}/rejection")
def set_aside(
    db: Db,
    actor: Changer,
    advice_id: str,
    form: Annotated[Filled[RejectionDraft], filled(RejectionDraft, again=again)],
) -> Response:
    advising.set_aside(db, advising.get(db, actor, advice_id), form.draft.reason, by=actor)
    return see_other("/advice")
