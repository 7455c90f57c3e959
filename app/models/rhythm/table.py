from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.record import Record, one_of


class Part(StrEnum):
    """Of the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Rhythm(Record, table=True):
    """How often somebody goes on safari at a place: every so many weeks, from that day on."""

    __table_args__ = (UniqueConstraint("location_id", "user_id"),)

    location_id: str = Field(foreign_key="location.id", max_length=36)
    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    every_weeks: int
    weekday: int | None = Field(default=None, description="0 is Monday; empty: any day of the week.")
    part: Part | None = Field(default=None, sa_type=one_of(Part))
    begins_on: date
    set_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class CalendarLink(Record, table=True):
    """The link that a person's own calendar is read with. Only the sha256 of its token is kept."""

    __tablename__ = "calendar_link"

    user_id: str = Field(foreign_key="users.id", unique=True, max_length=36)
    token_hash: str = Field(unique=True, max_length=64)
