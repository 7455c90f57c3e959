"""Vier het: what helped, kind words for colleagues, and what worked at other places."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.board import celebrating
from app.models.compliment import queries, sending
from app.models.compliment.schemas import ComplimentDraft
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheNote, may

router = APIRouter(include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]
Leader = Annotated[Actor, may(Permission.LEAD_SAFARI)]


def celebration_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    return page(
        request,
        "celebrations/index.html",
        nav="celebrations",
        form=form,
        cheers=celebrating.cheers(db, actor),
        elsewhere=celebrating.elsewhere(db, actor),
        mine=queries.mine(db, actor),
        offers=queries.to_send_on(db, actor),
    )


@router.get("/celebrations")
def index(request: Request, db: Db, actor: Reader) -> Response:
    return celebration_page(request, db, blank())


@router.post("/field-notes/{note_id}/compliments")
def send_on(
    db: Db,
    actor: Leader,
    note: TheNote,
    form: Annotated[Filled[ComplimentDraft], filled(ComplimentDraft, again=celebration_page)],
) -> Response:
    sending.send_on(db, note, form.draft, by=actor)
    return see_other("/celebrations#compliments")
