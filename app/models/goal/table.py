from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.models.record import Record, moment, one_of


class Level(StrEnum):
    """A branch of the tree: years ahead, this year, and what is being done now. Each hangs under the one before."""

    YEARS = "years"
    YEAR = "year"
    NOW = "now"


class Goal(Record, table=True):
    """What a place wants to reach, and why. `closed_at` is empty as long as it is pursued; `version` shows clashes."""

    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    parent_id: str | None = Field(default=None, foreign_key="goal.id", index=True, max_length=36)
    level: Level = Field(sa_type=one_of(Level))
    title: str = Field(max_length=160)
    why: str = ""
    starts_on: date | None = None
    until: date | None = None
    owner_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    closed_at: datetime | None = moment(default=None)
    outcome: str = Field(default="", description="What came of it, written when it was closed.")
    version: int = 1
    created_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class GoalTheme(SQLModel, table=True):
    """What customers would say differently."""

    __tablename__ = "goal_theme"

    goal_id: str = Field(foreign_key="goal.id", primary_key=True, max_length=36)
    tag_id: str = Field(foreign_key="tag.id", primary_key=True, index=True, max_length=36)


class GoalAction(SQLModel, table=True):
    """Which goal an action hangs under: one at most. It stands here, since goals know nothing of actions."""

    __tablename__ = "goal_action"

    action_id: str = Field(foreign_key="improvement_action.id", primary_key=True, max_length=36)
    goal_id: str = Field(foreign_key="goal.id", index=True, max_length=36)


class ValueStrategy(SQLModel, table=True):
    """In what a place and all below it want to be better than others; in their own words."""

    __tablename__ = "value_strategy"

    location_id: str = Field(foreign_key="location.id", primary_key=True, max_length=36)
    kind: str = Field(max_length=20)
    text: str = ""
