from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import Record, moment, one_of


class ActionKind(StrEnum):
    CLEAR = "clear"
    ROOM = "room"
    IMPROVE = "improve"
    KEEP = "keep"


class Step(StrEnum):
    NEW = "new"
    CHOSEN = "chosen"
    DOING = "doing"
    DONE = "done"
    TOLD = "told"
    NOT_NOW = "not_now"


class Room(StrEnum):
    """May the team decide this itself, or does it wait for somebody?"""

    OWN = "own"
    WAITING = "waiting"


class ImprovementAction(Record, table=True):
    """What will be done. `position` orders its column; `version` grows with every change, so that clashes show."""

    __tablename__ = "improvement_action"
    __table_args__ = (Index("ix_improvement_action_step_position", "step", "position", "id"),)

    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    title: str = Field(max_length=160)
    description: str = ""
    kind: ActionKind = Field(sa_type=one_of(ActionKind))
    step: Step = Field(default=Step.NEW, sa_type=one_of(Step))
    position: float = 0.0
    version: int = 1
    owner_id: str | None = Field(default=None, foreign_key="users.id", index=True, max_length=36)
    due_on: date | None = None
    room: Room | None = Field(default=None, sa_type=one_of(Room))
    room_from: str = Field(default="", max_length=120, description="Whom it waits for.")
    room_since: datetime | None = moment(default=None)
    reason: str = Field(default="", description="Why not now.")
    created_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    moved_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    moved_at: datetime = moment()
    stirred_at: datetime = moment(
        default_factory=now,
        sa_column_kwargs={"default": now},
        description="When somebody last did something to it, or said that it goes on.",
    )
    asked_at: datetime | None = moment(default=None, description="When it was asked whether it goes on.")


class ActionTeam(SQLModel, table=True):
    __tablename__ = "action_team"

    action_id: str = Field(foreign_key="improvement_action.id", primary_key=True, max_length=36)
    team_id: str = Field(foreign_key="team.id", primary_key=True, index=True, max_length=36)


class Evidence(Record, table=True):
    """The words an action rests on: `quote` as it stands in the note's field, marked from mark_start to mark_end."""

    action_id: str = Field(foreign_key="improvement_action.id", index=True, max_length=36)
    note_id: str = Field(foreign_key="field_note.id", index=True, max_length=36)
    field: str = Field(max_length=60)
    quote: str
    mark_start: int = 0
    mark_end: int = 0


class Comment(Record, table=True):
    action_id: str = Field(foreign_key="improvement_action.id", index=True, max_length=36)
    author_id: str = Field(foreign_key="users.id", max_length=36)
    text: str


class RuleAction(SQLModel, table=True):
    """What is done about a rule in the way. It stands here, since rules know nothing of actions."""

    __tablename__ = "rule_action"

    rule_id: str = Field(foreign_key="rule.id", primary_key=True, max_length=36)
    action_id: str = Field(foreign_key="improvement_action.id", primary_key=True, index=True, max_length=36)
