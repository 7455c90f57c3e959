from sqlmodel import Field

from app.models.action.signals import Signal
from app.models.action.table import ActionKind
from app.models.record import Record, one_of


class Board(Record, table=True):
    """A way to look at the board that somebody keeps. `shared_at_id`: for everybody who reads the board there."""

    __tablename__ = "board"

    name: str = Field(max_length=60)
    owner_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    shared_at_id: str | None = Field(default=None, foreign_key="location.id", index=True, max_length=36)
    location_id: str | None = Field(default=None, foreign_key="location.id", max_length=36)
    team_id: str | None = Field(default=None, foreign_key="team.id", max_length=36)
    goal_id: str | None = Field(default=None, max_length=36)
    kind: ActionKind | None = Field(default=None, sa_type=one_of(ActionKind))
    signal: Signal | None = Field(default=None, sa_type=one_of(Signal))
    words: str = Field(default="", max_length=200, description="What is searched for.")
