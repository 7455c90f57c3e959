from datetime import date, datetime

from sqlalchemy import false
from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import JSON_COLUMN, moment


class ReminderSetting(SQLModel, table=True):
    """How one person wants to be reminded. Who never chose has no row."""

    __tablename__ = "reminder_setting"

    user_id: str = Field(foreign_key="users.id", primary_key=True, max_length=36)
    hour: int
    quiet_from: int
    quiet_to: int
    every_day: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    muted: list[str] = Field(default_factory=list, sa_type=JSON_COLUMN, description='Such as "mail.late".')


class ReminderMark(SQLModel, table=True):
    """That a person saw a reminder, or was told of it in a digest. Reminders are worked out anew at every look."""

    __tablename__ = "reminder_mark"

    user_id: str = Field(foreign_key="users.id", primary_key=True, max_length=36)
    key: str = Field(primary_key=True, max_length=90)
    seen_at: datetime | None = moment(default=None)
    told_at: datetime | None = moment(default=None)


class Digest(SQLModel, table=True):
    """That a person had the digest of a day, also when there was nothing to tell: its key makes it once."""

    user_id: str = Field(foreign_key="users.id", primary_key=True, max_length=36)
    day: date = Field(primary_key=True, index=True)
    made_at: datetime = moment(default_factory=now)
    items: int = 0
