"""Room: what a team may decide itself, and each time that it did or had to ask."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.action.table import ActionKind
from app.models.record import Record, moment, one_of


class TeamRoom(Record, table=True):
    """In plain words what a team may decide itself about one kind of action; `up_to_cents`: None is no limit."""

    __tablename__ = "team_room"
    __table_args__ = (UniqueConstraint("team_id", "kind"),)

    team_id: str = Field(foreign_key="team.id", max_length=36)
    kind: ActionKind = Field(sa_type=one_of(ActionKind))
    text: str = Field(max_length=600)
    up_to_cents: int | None = None


class Outcome(StrEnum):
    ON_THE_SPOT = "on_the_spot"
    WAITING = "waiting"
    ALLOWED = "allowed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ASKED = (Outcome.WAITING, Outcome.ALLOWED, Outcome.REFUSED, Outcome.WITHDRAWN)


class RoomUse(Record, table=True):
    """One time that a team used its room, or asked for more. `words` say what for, `answer` what came back."""

    __tablename__ = "room_use"

    action_id: str = Field(foreign_key="improvement_action.id", index=True, max_length=36)
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True, max_length=36)
    outcome: Outcome = Field(sa_type=one_of(Outcome))
    words: str = Field(default="", max_length=600)
    amount_cents: int | None = None
    by_id: str = Field(foreign_key="users.id", max_length=36)
    of_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    answer: str = Field(default="", max_length=600)
    answered_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    answered_at: datetime | None = moment(default=None)
