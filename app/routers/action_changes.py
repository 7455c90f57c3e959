"""What people change and write at one action."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id, today
from app.errors import Conflict
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import changing, checking, commenting, queries, under_goals
from app.models.action.schemas import ActionChanges, CommentDraft
from app.models.rule.amounts import euros_typed
from app.models.user.working import givers_at
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheAction, may

router = APIRouter(prefix="/actions/{action_id}", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]
SHOWN = ("title", "description", "kind", "owner_id", "due_on", "room", "room_from", "room_from_id", "version")


def edit_page(request: Request, db: Session, form: Filled[Any], *, status: int = 200) -> Response:
    action = queries.get(db, asker(request), request.path_params["action_id"])
    place = queries.place_of(db, action)
    return page(
        request,
        "actions/edit.html",
        status=status,
        nav="actions",
        form=form,
        action=action,
        people=queries.people_at(db, place),
        teams=queries.teams_at(db, place),
        givers=givers_at(db, place),
        former=queries.former_owner(db, action),
        goals=under_goals.to_choose(db, place, action),
        today=today(),
    )


@router.get("/edit")
def edit(request: Request, db: Db, actor: Changer, action: TheAction) -> Response:
    checking.require(actor, queries.place_of(db, action))
    now = {name: getattr(action, name) or "" for name in SHOWN} | {"euros": euros_typed(action.amount_cents)}
    goal = under_goals.goal_ids(db, [action.id]).get(action.id, "")
    teams = [team.id for team in queries.teams_of(db, action.id)]
    return edit_page(request, db, blank(**now, team_ids=teams, goal_id=goal))


@router.post("")
def change(
    request: Request,
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[ActionChanges], filled(ActionChanges, again=edit_page)],
) -> Response:
    try:
        changing.change(db, action, form.draft, by=actor)
    except Conflict as clash:
        return edit_page(request, db, form.refused({"version": (clash.code, clash.details)}), status=409)
    return see_other(f"/actions/{action.id}")


def comment_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    action = queries.get(db, asker(request), request.path_params["action_id"])
    people = queries.readers_at(db, queries.place_of(db, action))
    return page(
        request,
        "actions/comment.html",
        nav="actions",
        form=form,
        action=action,
        people=people,
        fresh_id=new_id(),
    )


@router.post("/comments")
def comment(
    db: Db,
    actor: Changer,
    action: TheAction,
    form: Annotated[Filled[CommentDraft], filled(CommentDraft, again=comment_page)],
) -> Response:
    said = commenting.comment(db, action, form.draft, by=actor)
    return see_other(f"/actions/{action.id}#comment-{said.id}")
