"""Did it help? Choosing what customers should notice once an action is done."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import today
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import checking, measuring, outcomes, queries
from app.models.action.yardstick_draft import YardstickDraft
from app.models.location.queries import places
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheAction, may

router = APIRouter(prefix="/actions/{action_id}/yardstick", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


def choice_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    """First what should move, then which way: two small steps, so that it works without script."""
    actor = asker(request)
    action = queries.get(db, actor, request.path_params["action_id"])
    found = outcomes.to_choose(db, actor, action)
    about, _, known = form.value("moves").partition(":")
    return page(
        request,
        "helping/choice.html",
        nav="actions",
        form=form,
        action=action,
        theme=next((tag for tag in found["themes"] if about == "tag" and tag.id == known), None),
        question=next((q for q in found["questions"] if about == "question" and q.id == known), None),
        places=places(db, actor, Permission.CHANGE_ACTION),
        counting=measuring.yardstick_of(db, action),
        themes=found["themes"],
        questions=found["questions"],
    )


@router.get("")
def choose(request: Request, db: Db, actor: Changer, action: TheAction, moves: str = "") -> Response:
    checking.require(actor, queries.place_of(db, action))
    return choice_page(
        request,
        db,
        blank(moves=moves, location_id=action.location_id, counts_from=today(), hope="less_negative"),
    )


@router.post("")
def measure(
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[YardstickDraft], filled(YardstickDraft, again=choice_page)],
) -> Response:
    measuring.measure(db, action, form.draft, by=actor)
    return see_other(f"/actions/{action.id}#helped")


@router.post("/removal")
def stop(db: Db, actor: Changer, action: TheAction) -> Response:
    measuring.stop(db, action, by=actor)
    return see_other(f"/actions/{action.id}#helped")
