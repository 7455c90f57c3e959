"""Which goal an action hangs under, and how the actions of a goal stand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from app.models.access import Actor, Permission
from app.models.action import queries
from app.models.action.table import ImprovementAction, Step
from app.models.goal import hearing
from app.models.goal import queries as goals
from app.models.goal.hearing import Quarter
from app.models.goal.table import Goal, GoalAction, Level
from app.models.location.table import Location
from app.models.record import put_new
from app.models.tag.table import Tag
from app.models.user.table import User


@dataclass(frozen=True, slots=True)
class Branch:
    """A goal with what hangs under it; `steps` counts its own actions by step."""

    goal: Goal
    place: str
    owner: str
    changeable: bool
    steps: dict[Step, int]
    themes: Sequence[Tag]
    quarters: Sequence[Quarter]
    below: Sequence["Branch"]


def goal_of(db: Session, action_id: str) -> Goal | None:
    linked = select(Goal).join(GoalAction, col(GoalAction.goal_id) == col(Goal.id))
    return db.exec(linked.where(GoalAction.action_id == action_id)).first()


def to_choose(db: Session, place: Location, action: ImprovementAction | None = None) -> list[Goal]:
    """The open ones, and the one it hangs under already."""
    kept, found = goal_of(db, action.id) if action else None, goals.open_at(db, place)
    return found if kept is None or kept in found else [*found, kept]


def goal_ids(db: Session, action_ids: Sequence[str]) -> dict[str, str]:
    linked = select(GoalAction.action_id, GoalAction.goal_id).where(col(GoalAction.action_id).in_(action_ids))
    return dict(db.exec(linked).all())


def goal_titles(db: Session, action_ids: Sequence[str]) -> dict[str, str]:
    linked = select(GoalAction.action_id, Goal.title).join(Goal, col(Goal.id) == col(GoalAction.goal_id))
    return dict(db.exec(linked.where(col(GoalAction.action_id).in_(action_ids))).all())


def set_goal(db: Session, action_id: str, goal_id: str | None) -> bool:
    """Whether that changed anything."""
    if goal_ids(db, [action_id]).get(action_id) == goal_id:
        return False
    db.exec(delete(GoalAction).where(col(GoalAction.action_id) == action_id))
    if goal_id:
        put_new(db, GoalAction, [{"action_id": action_id, "goal_id": goal_id}])
    return True


def actions_of(db: Session, actor: Actor, goal_id: str) -> Sequence[ImprovementAction]:
    """Those under the goal itself, where the actor may see them, the newest first."""
    linked = select(GoalAction.action_id).where(GoalAction.goal_id == goal_id)
    found = queries.visible_to(actor).where(col(ImprovementAction.id).in_(linked))
    return db.exec(found.order_by(col(ImprovementAction.id).desc())).all()


def tree(db: Session, actor: Actor, today: date) -> list[Branch]:
    """All goals the actor sees; one whose goal above is not visible stands on top."""
    return branches(db, actor, list(db.exec(goals.visible_to(actor).order_by(col(Goal.title)))), today)


def branches(db: Session, actor: Actor, found: Sequence[Goal], today: date) -> list[Branch]:
    ids = [goal.id for goal in found]
    steps = _steps(db, actor, ids)
    themes = goals.themes_of(db, ids)
    heard = hearing.quarters(db, found, themes, today)
    there = select(Location).where(col(Location.id).in_({goal.location_id for goal in found}))
    places = {place.id: place for place in db.exec(there)}
    theirs = col(User.id).in_({goal.owner_id for goal in found if goal.owner_id})
    owners = dict(db.exec(select(User.id, User.name).where(theirs)).all())
    below: dict[str | None, list[Goal]] = defaultdict(list)
    for goal in found:
        below[goal.parent_id if goal.parent_id in ids else None].append(goal)

    def branch(goal: Goal) -> Branch:
        place = places[goal.location_id]
        return Branch(
            goal,
            place.name,
            owners.get(goal.owner_id or "", ""),
            actor.may(Permission.LEAD_SAFARI, at=place.path),
            steps[goal.id],
            themes.get(goal.id, []),
            heard.get(goal.id, []),
            [branch(one) for one in below[goal.id]],
        )

    return sorted(
        (branch(goal) for goal in below[None]),
        key=lambda one: (one.goal.closed_at is not None, list(Level).index(one.goal.level)),
    )


def _steps(db: Session, actor: Actor, ids: Sequence[str]) -> dict[str, dict[Step, int]]:
    visible = queries.visible_to(actor).with_only_columns(col(ImprovementAction.id))
    rows = db.exec(
        select(GoalAction.goal_id, ImprovementAction.step, func.count())
        .join(ImprovementAction, col(ImprovementAction.id) == col(GoalAction.action_id))
        .where(col(GoalAction.goal_id).in_(ids), col(ImprovementAction.id).in_(visible))
        .group_by(col(GoalAction.goal_id), col(ImprovementAction.step))
    )
    found: dict[str, dict[Step, int]] = defaultdict(lambda: dict.fromkeys(Step, 0))
    for goal_id, step, count in rows:
        found[goal_id][Step(step)] = count
    return found
