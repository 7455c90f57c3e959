from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import Record, moment, one_of


class BreakGlass(Record, table=True):
    """Emergency access: a beheerder reads along at one location and below, for an hour and for a reason.

    `session_id` is the device that showed who was asking; no other device reads along.
    """

    __tablename__ = "break_glass"

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    session_id: str = Field(max_length=36)
    reason: str = Field(max_length=500)
    ends_at: datetime = moment()
    ended_at: datetime | None = moment(
        default=None, description="When its user was done before the hour was."
    )


class Look(StrEnum):
    LIST = "list"
    NOTE = "note"
    CONTACT = "contact"
    VOICE = "voice"
    PHOTO = "photo"


class GlassLook(Record, table=True):
    """One thing that was looked at with it; a list has no note of its own."""

    __tablename__ = "glass_look"

    break_glass_id: str = Field(foreign_key="break_glass.id", index=True, max_length=36)
    what: Look = Field(sa_type=one_of(Look))
    note_id: str | None = Field(default=None, foreign_key="field_note.id", max_length=36)


class GlassSeen(SQLModel, table=True):
    """Which manager of the place knows of it."""

    __tablename__ = "glass_seen"

    break_glass_id: str = Field(foreign_key="break_glass.id", primary_key=True, max_length=36)
    user_id: str = Field(foreign_key="users.id", primary_key=True, max_length=36)
    seen_at: datetime = moment(default_factory=now)
