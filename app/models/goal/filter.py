"""Which goals: one filter for the JSON list and the export."""

from pydantic import ConfigDict, Field
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.filtering import Filter
from app.models.goal.table import Goal
from app.models.location.table import Location


class GoalFilter(Filter):
    """Empty means all. `location` is a place and all below it."""

    model_config = ConfigDict(frozen=True)

    location: str | None = Field(default=None, max_length=36)
    goal: str | None = Field(default=None, max_length=36)

    def narrow(self, goals: SelectOfScalar[Goal]) -> SelectOfScalar[Goal]:
        if self.location:
            top = select(Location.path).where(Location.id == self.location).scalar_subquery()
            below = select(Location.id).where(col(Location.path).startswith(top))
            goals = goals.where(col(Goal.location_id).in_(below))
        return goals.where(Goal.id == self.goal) if self.goal else goals
