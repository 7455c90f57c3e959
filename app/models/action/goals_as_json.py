"""Goals as JSON, with how their actions stand and what customers said: counts only."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor
from app.models.action.table import Step
from app.models.action.under_goals import branches
from app.models.goal.table import Goal, Level


class QuarterOut(BaseModel):
    """Of `talks` customers so many named one of its themes. Absent with fewer than five talks."""

    model_config = ConfigDict(from_attributes=True)

    year: int
    number: int
    talks: int
    negative: int
    positive: int


class GoalOut(BaseModel):
    """`actions`: how many hang under it, by step."""

    id: str
    location_id: str
    parent_id: str | None
    level: Level
    title: str
    why: str
    starts_on: date | None
    until: date | None
    owner_id: str | None
    closed_at: datetime | None
    outcome: str
    version: int
    tag_ids: list[str]
    actions: dict[Step, int]
    quarters: list[QuarterOut]


def shown(db: Session, actor: Actor, goals: SelectOfScalar[Goal], today: date) -> list[GoalOut]:
    """The oldest first, whatever hangs under what."""
    found = list(db.exec(goals.order_by(col(Goal.created_at), col(Goal.id))))
    by_id = {}
    waiting = branches(db, actor, found, today)
    while waiting:
        branch = waiting.pop()
        by_id[branch.goal.id] = branch
        waiting += branch.below
    return [
        GoalOut(
            **goal.model_dump(exclude={"created_at", "created_by_id"}),
            tag_ids=[tag.id for tag in by_id[goal.id].themes],
            actions=by_id[goal.id].steps,
            quarters=[QuarterOut.model_validate(one) for one in by_id[goal.id].quarters if one.tellable],
        )
        for goal in found
    ]
