"""Setting, changing and closing goals, and stating the value strategy: for who leads the place."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id
from app.errors import Conflict
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.goal import keeping, queries
from app.models.goal.schemas import GoalChanges, GoalClosure, GoalDraft, StrategyDraft
from app.models.goal.table import Level, ValueStrategy
from app.models.location.queries import tree
from app.models.tag import queries as tags
from app.models.user.working import people_at
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheGoal, may

router = APIRouter(include_in_schema=False)

Leader = Annotated[Actor, may(Permission.LEAD_SAFARI)]
SHOWN = ("title", "why", "parent_id", "starts_on", "until", "owner_id", "version")


def new_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    """The goal above and its level come with the link; a goal for years ahead has none."""
    actor = asker(request)
    level = Level(form.value("level")) if form.value("level") in list(Level) else Level.YEARS
    places = tree(db, actor, Permission.LEAD_SAFARI)
    chosen = next((place for place in places if place.id == form.value("location_id")), places[0])
    return page(
        request,
        "goals/form.html",
        nav="goals",
        form=form,
        goal=None,
        level=level,
        places=places,
        parents=queries.parents_for(db, actor, level),
        people=people_at(db, chosen),
        tags=tags.active(db),
        fresh_id=form.value("id") or new_id(),
    )


@router.get("/goals/new/{level}")
def new(
    request: Request, db: Db, actor: Leader, level: Level, above: str = "", location: str = ""
) -> Response:
    return new_page(request, db, blank(level=level.value, parent_id=above, location_id=location))


@router.post("/goals")
def create(
    db: Db, actor: Leader, form: Annotated[Filled[GoalDraft], filled(GoalDraft, again=new_page)]
) -> Response:
    goal = keeping.set_goal(db, form.draft, by=actor)
    return see_other(f"/goals#goal-{goal.id}")


def edit_page(request: Request, db: Session, form: Filled[Any], *, status: int = 200) -> Response:
    actor = asker(request)
    goal = queries.get(db, actor, request.path_params["goal_id"])
    return page(
        request,
        "goals/form.html",
        status=status,
        nav="goals",
        form=form,
        goal=goal,
        level=goal.level,
        places=[],
        parents=queries.parents_for(db, actor, goal.level, besides=goal.id),
        people=people_at(db, queries.place_of(db, goal)),
        tags=tags.active(db),
    )


@router.get("/goals/{goal_id}/edit")
def edit(request: Request, db: Db, actor: Leader, goal: TheGoal) -> Response:
    keeping.require(actor, queries.place_of(db, goal))
    now = {name: getattr(goal, name) or "" for name in SHOWN}
    chosen = [tag.id for tag in queries.themes_of(db, [goal.id]).get(goal.id, [])]
    return edit_page(request, db, blank(**now, tag_ids=chosen))


@router.post("/goals/{goal_id}")
def change(
    request: Request,
    db: Db,
    actor: Leader,
    goal: TheGoal,
    form: Annotated[Filled[GoalChanges], filled(GoalChanges, again=edit_page)],
) -> Response:
    try:
        keeping.change(db, goal, form.draft, by=actor)
    except Conflict as clash:
        return edit_page(request, db, form.refused({"version": (clash.code, clash.details)}), status=409)
    return see_other(f"/goals/{goal.id}")


def closure_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    goal = queries.get(db, asker(request), request.path_params["goal_id"])
    return page(request, "goals/closure.html", nav="goals", form=form, goal=goal)


@router.get("/goals/{goal_id}/closure")
def ask_closure(request: Request, db: Db, actor: Leader, goal: TheGoal) -> Response:
    keeping.require(actor, queries.place_of(db, goal))
    return closure_page(request, db, blank(outcome=goal.outcome))


@router.post("/goals/{goal_id}/closure")
def close(
    db: Db,
    actor: Leader,
    goal: TheGoal,
    form: Annotated[Filled[GoalClosure], filled(GoalClosure, again=closure_page)],
) -> Response:
    keeping.close(db, goal, form.draft, by=actor)
    return see_other(f"/goals/{goal.id}")


@router.post("/goals/{goal_id}/reopening")
def reopen(db: Db, actor: Leader, goal: TheGoal) -> Response:
    keeping.reopen(db, goal, by=actor)
    return see_other(f"/goals/{goal.id}")


def strategy_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    places = tree(db, asker(request), Permission.LEAD_SAFARI)
    return page(request, "goals/strategy.html", nav="goals", form=form, places=places)


@router.get("/value-strategy")
def edit_strategy(request: Request, db: Db, actor: Leader) -> Response:
    known = db.get(ValueStrategy, request.query_params.get("location", ""))
    places = {place.id for place in tree(db, actor, Permission.LEAD_SAFARI)}
    shown = known.model_dump() if known and known.location_id in places else {}
    return strategy_page(request, db, blank(**shown))


@router.post("/value-strategy")
def state(
    db: Db,
    actor: Leader,
    form: Annotated[Filled[StrategyDraft], filled(StrategyDraft, again=strategy_page)],
) -> Response:
    keeping.state(db, form.draft, by=actor)
    return see_other("/goals")
