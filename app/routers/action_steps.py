"""The checklist of an action."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import stepping
from app.models.action.schemas import StepDraft, StepMove, StepState
from app.models.action.table import ImprovementAction
from app.rendering import answer, fragment, is_htmx
from app.routers.actions import action_page
from app.routers.dependencies import Db, TheAction, may

router = APIRouter(prefix="/actions/{action_id}/steps", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


def again(request: Request, db: Session, form: Filled[Any]) -> Response:
    if not is_htmx(request):
        return action_page(request, db, form)
    return fragment(request, "actions/_steps.html", **_shown(db, request.path_params["action_id"], form))


def _shown(db: Session, action_id: str, form: Filled[Any]) -> dict[str, Any]:
    steps = stepping.steps_of(db, action_id)
    return {"action_id": action_id, "steps": steps, "form": form, "fresh_id": new_id(), "changeable": True}


def _answer(request: Request, db: Session, action: ImprovementAction) -> Response:
    shown = _shown(db, action.id, blank())
    return answer(request, "actions/_steps.html", to=f"/actions/{action.id}#steps", **shown)


@router.post("")
def add(
    request: Request,
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[StepDraft], filled(StepDraft, again=again)],
) -> Response:
    stepping.add(db, action, form.draft, by=actor)
    return _answer(request, db, action)


@router.post("/{step_id}/state")
def tick(
    request: Request,
    db: Db,
    actor: Changer,
    action: TheAction,
    step_id: str,
    form: Annotated[Filled[StepState], filled(StepState, again=again)],
) -> Response:
    step = stepping.get(db, action, step_id)
    stepping.tick(db, action, step, done=form.draft.done, by=actor)
    return _answer(request, db, action)


@router.post("/{step_id}/place")
def move(
    request: Request,
    db: Db,
    actor: Changer,
    action: TheAction,
    step_id: str,
    form: Annotated[Filled[StepMove], filled(StepMove, again=again)],
) -> Response:
    stepping.move(db, action, stepping.get(db, action, step_id), form.draft, by=actor)
    return _answer(request, db, action)


@router.post("/{step_id}/removal")
def remove(request: Request, db: Db, actor: Changer, action: TheAction, step_id: str) -> Response:
    stepping.remove(db, action, step_id, by=actor)
    return _answer(request, db, action)
