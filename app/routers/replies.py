"""Back to the customer: what they read about an action, who was told, and the page of the place."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Conflict
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import queries
from app.models.promise import publishing, replying, telling
from app.models.promise.schemas import PageDraft, ReplyDraft, TellingDraft
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheAction, may

router = APIRouter(include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]
Publisher = Annotated[Actor, may(Permission.PUBLISH)]


def reply_page(request: Request, db: Session, form: Filled[Any], *, status: int = 200) -> Response:
    actor = asker(request)
    action = queries.get(db, actor, request.path_params["action_id"])
    quotes = replying.quotable(db, action.id)
    return page(
        request,
        "promises/reply.html",
        status=status,
        nav="actions",
        form=form,
        action=action,
        quotes=quotes,
        quote_choices=[(one.id, one.quote) for one in quotes],
        may_publish=actor.may(Permission.PUBLISH, at=queries.place_of(db, action).path),
        shown=action.step in publishing.SHOWN,
    )


@router.get("/actions/{action_id}/reply")
def edit(request: Request, db: Db, actor: Changer, action: TheAction) -> Response:
    known = replying.of(db, action.id)
    begins = known.model_dump(include={"text", "evidence_id", "version"}) if known else {"version": 0}
    published = bool(known and known.published_at)
    return reply_page(request, db, blank(**begins, publish="true" if published else ""))


@router.post("/actions/{action_id}/reply")
def write(
    request: Request,
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[ReplyDraft], filled(ReplyDraft, again=reply_page)],
) -> Response:
    try:
        replying.reply(db, action, form.draft, by=actor)
    except Conflict as clash:
        return reply_page(request, db, form.refused({"version": (clash.code, clash.details)}), status=409)
    return see_other(f"/actions/{action.id}#told")


@router.post("/actions/{action_id}/tellings")
def tell(
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[TellingDraft], filled(TellingDraft, again=reply_page)],
) -> Response:
    telling.tell(db, action, form.draft.note_id, by=actor)
    return see_other(f"/actions/{action.id}#told")


def pages_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(
        request,
        "promises/pages.html",
        nav="public-pages",
        form=form,
        places=publishing.pages(db, asker(request)),
    )


@router.get("/public-pages")
def pages(request: Request, db: Db, actor: Publisher) -> Response:
    return pages_page(request, db, blank())


@router.post("/public-pages")
def open_page(
    db: Db, actor: Publisher, form: Annotated[Filled[PageDraft], filled(PageDraft, again=pages_page)]
) -> Response:
    publishing.open_page_at(db, form.draft.location_id, by=actor)
    return see_other("/public-pages")
