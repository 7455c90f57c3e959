"""What hangs on an action: its steps, who was named, who follows it, and when it comes again."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import Record, moment, one_of


class SubStep(Record, table=True):
    """One thing to do, to tick off. `position` orders them within the action."""

    __tablename__ = "sub_step"

    action_id: str = Field(foreign_key="improvement_action.id", index=True, max_length=36)
    text: str = Field(max_length=200)
    position: float
    done_at: datetime | None = moment(default=None)
    done_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class Mention(SQLModel, table=True):
    """Somebody named in a comment, until they have seen it."""

    comment_id: str = Field(foreign_key="comment.id", primary_key=True, max_length=36)
    user_id: str = Field(foreign_key="users.id", primary_key=True, index=True, max_length=36)
    created_at: datetime = moment(default_factory=now)
    seen_at: datetime | None = moment(default=None)


class Watcher(SQLModel, table=True):
    action_id: str = Field(foreign_key="improvement_action.id", primary_key=True, max_length=36)
    user_id: str = Field(foreign_key="users.id", primary_key=True, index=True, max_length=36)


class Unit(StrEnum):
    WEEK = "week"
    MONTH = "month"


class Counted(StrEnum):
    """From when the next one is counted."""

    CLOSING = "closing"
    DATE = "date"


class Repetition(SQLModel, table=True):
    """An action that comes again. `next_id` is the one that was made of it, once; that one repeats in its turn."""

    action_id: str = Field(foreign_key="improvement_action.id", primary_key=True, max_length=36)
    every: int
    unit: Unit = Field(sa_type=one_of(Unit))
    counted: Counted = Field(sa_type=one_of(Counted))
    month_day: int | None = Field(
        default=None, description="Of the first date: the 31st stays the last day of each month."
    )
    next_id: str | None = Field(default=None, foreign_key="improvement_action.id", unique=True, max_length=36)
