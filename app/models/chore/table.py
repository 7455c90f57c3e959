from datetime import date, datetime

from sqlmodel import Field, SQLModel

from app.models.record import moment


class Chore(SQLModel, table=True):
    """Work for once a day, whoever of several servers and commands comes first. `held_until`: somebody is at it."""

    name: str = Field(primary_key=True, max_length=40)
    done_on: date | None = None
    held_by: str | None = Field(default=None, max_length=36)
    held_until: datetime | None = moment(default=None)
