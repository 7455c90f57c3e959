from typing import Annotated

from fastapi import Query

from app.clock import today
from app.models.access import Actor, Permission
from app.models.action.goals_as_json import GoalOut, shown
from app.models.goal.filter import GoalFilter
from app.models.goal.queries import matching
from app.routers.api.shared import ONE, PageOut, api_router
from app.routers.dependencies import Db, TheGoal, may

router = api_router("goals", "goals")
Reader = Annotated[Actor, may(Permission.READ_BOARD)]


@router.get("", summary="Goals of places you may see: the whole tree, oldest first")
def index(db: Db, actor: Reader, only: Annotated[GoalFilter, Query()]) -> PageOut[GoalOut]:
    return PageOut(items=shown(db, actor, matching(actor, only), today()))


@router.get("/{goal_id}", summary="One goal", responses=ONE)
def show(db: Db, actor: Reader, goal: TheGoal) -> GoalOut:
    return shown(db, actor, matching(actor, GoalFilter(goal=goal.id)), today())[0]
