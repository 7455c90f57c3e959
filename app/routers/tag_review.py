"""Labels nakijken: one suggestion after another, each decided by a plain form or by `<tag-review>`."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Invalid
from app.forms import Filled, blank, filled, from_address
from app.models.access import Actor, Permission
from app.models.field_note import deciding, listing, reviewing
from app.models.field_note.deciding import Outcome
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.reviewing import Item
from app.models.field_note.schemas import Decision, Verdict
from app.models.field_note.table import TaggingState
from app.models.tag import queries as tags
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/tags/review", include_in_schema=False)
Reviewer = Annotated[Actor, may(Permission.READ_NOTE)]
PLACE = ("location", "tag", "past")


def _address(request: Request, **more: str) -> str:
    """The page again, with the same filter."""
    query = {name: value for name in PLACE if (value := request.query_params.get(name))}
    return f"/tags/review?{urlencode(query | {k: v for k, v in more.items() if v})}"


def review_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor, query = asker(request), request.query_params
    only = from_address(FieldNoteFilter, query).result or FieldNoteFilter()
    past = query.get("past", "")
    first = form.value("tagging_id") or query.get("first", "")
    return page(
        request,
        "tag_review/show.html",
        nav="tag-review",
        form=form,
        items=_items(db, actor, only, past=past, first=first),
        left=reviewing.count(db, actor, only),
        themes=tags.active(db),
        places=listing.places(db, actor),
        only=only,
        query=urlencode({name: query[name] for name in PLACE if query.get(name)}),
        chosen=urlencode(only.chosen),
        last=query.get("last", ""),
        outcome=query.get("said", ""),
        past=past,
    )


def _items(db: Session, actor: Actor, only: FieldNoteFilter, *, past: str, first: str) -> list[Item]:
    """`first` is what was just taken back, or refused: it comes before all others."""
    found = reviewing.items(db, actor, only, past=past)
    front = reviewing.one(db, actor, first) if first else None
    if front is None or front.tagging.state != TaggingState.SUGGESTED:
        return found
    return [front, *(item for item in found if item.tagging.id != first)]


@router.get("")
def show(request: Request, db: Db, actor: Reviewer) -> Response:
    return review_page(request, db, blank())


@router.post("/decisions")
def decide(
    request: Request,
    db: Db,
    actor: Reviewer,
    form: Annotated[Filled[Decision], filled(Decision, again=review_page)],
) -> Response:
    """On to the next one, or back to the one that was taken back."""
    decision = form.draft
    [result] = deciding.settle(db, [decision], by=actor)
    if result.outcome == Outcome.UNKNOWN_TAG:
        raise Invalid({"tag_id": "field.enum"})
    if result.outcome != Outcome.DONE:
        return see_other(_address(request, said=result.outcome))
    if decision.verdict == Verdict.UNDO or decision.verdict.tone:
        return see_other(_address(request, first=decision.tagging_id))
    return see_other(_address(request, last=decision.tagging_id))
