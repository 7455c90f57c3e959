"""Using room at an action, asking for it, and giving it."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import checking, queries, room_asking, room_using
from app.models.action.schemas import AnswerDraft, QuestionDraft, SpotDraft
from app.models.rule.amounts import euros_typed
from app.models.user.working import givers_at
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheAction, may

router = APIRouter(prefix="/actions/{action_id}/room", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


def _page(request: Request, db: Session, name: str, form: Filled[Any]) -> Response:
    actor = asker(request)
    action = queries.get(db, actor, request.path_params["action_id"])
    place = queries.place_of(db, action)
    checking.require(actor, place)
    return page(
        request,
        f"actions/room_{name}.html",
        nav="actions",
        form=form,
        action=action,
        givers=givers_at(db, place),
        rooms=room_using.rooms_for(db, action, place),
        question=room_asking.open_question(db, action.id),
        may_answer=room_asking.may_answer(db, action, place, actor),
        fresh_id=form.value("id") or new_id(),
    )


def solution_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return _page(request, db, "solution", form)


def question_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return _page(request, db, "question", form)


def answer_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return _page(request, db, "answer", form)


@router.get("/solution")
def say_how(request: Request, db: Db, actor: Changer, action: TheAction) -> Response:
    return solution_page(request, db, blank(euros=euros_typed(action.amount_cents)))


@router.post("/solution")
def solve(
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[SpotDraft], filled(SpotDraft, again=solution_page)],
) -> Response:
    room_using.solve(db, action, form.draft, by=actor)
    return see_other(f"/actions/{action.id}#room")


@router.get("/question")
def choose_whom(request: Request, db: Db, actor: Changer, action: TheAction) -> Response:
    return question_page(request, db, blank())


@router.post("/question")
def ask(
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[QuestionDraft], filled(QuestionDraft, again=question_page)],
) -> Response:
    room_asking.ask(db, action, form.draft, by=actor)
    return see_other(f"/actions/{action.id}#room")


@router.post("/answer")
def answer(
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[AnswerDraft], filled(AnswerDraft, again=answer_page)],
) -> Response:
    room_asking.answer(db, action, form.draft, by=actor)
    return see_other(f"/actions/{action.id}#room")
