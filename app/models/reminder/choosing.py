"""When and how a person wants to be reminded."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field
from sqlmodel import Session

from app.errors import Invalid
from app.models.access import Actor
from app.models.record import put_new
from app.models.reminder.kinds import Kind, Way
from app.models.reminder.table import ReminderSetting
from app.workdays import is_workday

Hour = Annotated[int, Field(ge=0, le=23)]


class ReminderChoices(BaseModel):
    """`app`, `mail` and `push` have the kinds that are on. `quiet_from` up to `quiet_to` nothing is sent."""

    hour: Hour = 8
    quiet_from: Hour = 20
    quiet_to: Hour = 7
    every_day: bool = False
    app: list[Kind] = []
    mail: list[Kind] = []
    push: list[Kind] = []

    def on(self, way: Way) -> list[Kind]:
        return getattr(self, way.value)

    def is_quiet(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    def is_for(self, day: date) -> bool:
        return self.every_day or is_workday(day)


def everything_on() -> ReminderChoices:
    every = list(Kind)
    return ReminderChoices(app=every, mail=every, push=every)


def choices(db: Session, user_id: str) -> ReminderChoices:
    return as_choices(db.get(ReminderSetting, user_id))


def as_choices(row: ReminderSetting | None) -> ReminderChoices:
    if row is None:
        return everything_on()
    on = {way.value: [kind for kind in Kind if f"{way}.{kind}" not in row.muted] for way in Way}
    return ReminderChoices.model_validate(row.model_dump() | on)


def choose(db: Session, to: ReminderChoices, *, by: Actor) -> None:
    if to.is_quiet(to.hour):
        raise Invalid({"hour": "reminder.hour_is_quiet"})
    muted = [f"{way}.{kind}" for way in Way for kind in Kind if kind not in to.on(way)]
    values = to.model_dump(include={"hour", "quiet_from", "quiet_to", "every_day"})
    put_new(db, ReminderSetting, [{"user_id": by.id, "muted": muted, **values}])
    row = db.get_one(ReminderSetting, by.id)
    for name, value in values.items():
        setattr(row, name, value)
    row.muted = muted
    db.flush()
