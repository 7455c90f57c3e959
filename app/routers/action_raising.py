"""From a story to an action: "Maak actie van dit verhaal"."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id, today
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import queries, raising, stories, under_goals
from app.models.action.schemas import ActionDraft, EvidenceDraft
from app.models.board import celebrating
from app.models.field_note import queries as field_notes
from app.models.user.working import givers_at
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheNote, may

router = APIRouter(prefix="/field-notes/{note_id}", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


def raise_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    note = field_notes.get(db, actor, request.path_params["note_id"])
    place = stories.place_for(db, actor, note)
    return page(
        request,
        "actions/raise.html",
        nav="field-notes",
        form=form,
        note=note,
        spot=place,
        story=stories.story(db, note, request.query_params.get("tag")),
        people=queries.people_at(db, place),
        teams=queries.teams_at(db, place),
        givers=givers_at(db, place),
        worked=celebrating.like_note(db, actor, note),
        goals=under_goals.to_choose(db, place),
        open_actions=queries.open_at(db, place.id),
        fresh_id=form.value("id") or new_id(),
        today=today(),
    )


@router.get("/actions/new")
def new(request: Request, db: Db, actor: Changer, note: TheNote) -> Response:
    story = stories.story(db, note, request.query_params.get("tag"))
    field = request.query_params.get("field")
    asked = [quote.pick for said in story.passages if said.field == field for quote in said.quotes]
    return raise_page(request, db, blank(room="own", quotes=asked or story.preselected))


@router.post("/actions")
def create(
    db: Db,
    actor: Changer,
    note: TheNote,
    form: Annotated[Filled[ActionDraft], filled(ActionDraft, again=raise_page)],
) -> Response:
    action = raising.raise_from(db, note, form.draft, by=actor)
    solved = form.value("then") == "solved"
    return see_other(f"/actions/{action.id}/room/solution" if solved else f"/actions/{action.id}")


@router.post("/evidence")
def support(
    db: Db,
    actor: Changer,
    note: TheNote,
    form: Annotated[Filled[EvidenceDraft], filled(EvidenceDraft, again=raise_page)],
) -> Response:
    """The same story under an action that is already there; the form names the action."""
    action = queries.get(db, actor, form.draft.action_id)
    raising.add_evidence(db, action, note, form.draft.quotes, by=actor)
    return see_other(f"/actions/{action.id}")
