from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import Record, moment, one_of


class SafariState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


class Safari(Record, table=True):
    """One outing. `target` is how many talks it aims for; `join_code` is what its link and QR carry.

    `back_office`: it listens to colleagues who meet no customers.
    """

    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    guide_version_id: str = Field(foreign_key="guide_version.id", max_length=36)
    leader_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    goal: str = Field(default="", max_length=200)
    target: int = 5
    back_office: bool = False
    state: SafariState = Field(default=SafariState.PLANNED, sa_type=one_of(SafariState), index=True)
    planned_for: datetime | None = moment(default=None)
    started_at: datetime | None = moment(default=None)
    closed_at: datetime | None = moment(default=None)
    join_code: str = Field(unique=True, max_length=43)
    debrief: str = ""


class SafariParticipant(SQLModel, table=True):
    __tablename__ = "safari_participant"

    safari_id: str = Field(foreign_key="safari.id", primary_key=True, max_length=36)
    user_id: str = Field(foreign_key="users.id", primary_key=True, index=True, max_length=36)
    joined_at: datetime = moment(default_factory=now)
