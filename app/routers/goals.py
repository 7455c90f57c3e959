"""The goals tree: what we want to reach, what is done about it, and what customers say of it."""

from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.clock import today
from app.models.access import Actor, Permission
from app.models.action import under_goals
from app.models.goal import queries
from app.rendering import page
from app.routers.dependencies import Db, TheGoal, may

router = APIRouter(prefix="/goals", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]


@router.get("")
def index(request: Request, db: Db, actor: Reader) -> Response:
    return page(
        request,
        "goals/index.html",
        nav="goals",
        tree=under_goals.tree(db, actor, today()),
        strategies=queries.strategies(db, actor),
        leads=actor.may(Permission.LEAD_SAFARI),
    )


@router.get("/{goal_id}")
def show(request: Request, db: Db, actor: Reader, goal: TheGoal) -> Response:
    (branch,) = under_goals.branches(db, actor, [goal], today())
    return page(
        request,
        "goals/show.html",
        nav="goals",
        branch=branch,
        above=queries.above(db, actor, goal),
        actions=under_goals.actions_of(db, actor, goal.id),
    )
