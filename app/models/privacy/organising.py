"""Whom a customer writes to about their data, and the list of what leaked."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from sqlmodel import Session, col, select

from app.clock import begin_of, new_id, today
from app.errors import Invalid, NotFound
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note.schemas import without_nul
from app.models.location.table import Location
from app.models.privacy.table import Breach, PrivacyOfficer
from app.models.record import put_new

Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(without_nul)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(without_nul)]


class OfficerDraft(BaseModel):
    name: Line = ""
    email: Annotated[Line, StringConstraints(pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")] = ""
    phone: Annotated[Line, StringConstraints(max_length=40)] = ""


class BreachDraft(BaseModel):
    """Within 72 hours it is told to the authority, or it is written down why not."""

    id: str = Field(default_factory=new_id, max_length=36)
    found_on: date
    what: Annotated[Long, StringConstraints(min_length=3)]
    whose: Long = ""
    measures: Long = ""
    told: Long = ""
    reported_on: date | None = None
    why_not: Long = ""


def top(db: Session) -> Location:
    return db.exec(select(Location).where(col(Location.parent_id).is_(None))).one()


def officer(db: Session) -> PrivacyOfficer:
    """Empty until somebody filled it in."""
    return db.exec(select(PrivacyOfficer)).first() or PrivacyOfficer(location_id="")


def appoint(db: Session, draft: OfficerDraft, *, by: Actor) -> None:
    at = top(db).id
    put_new(db, PrivacyOfficer, [{"location_id": at, "name": "", "email": "", "phone": ""}])
    row = db.get_one(PrivacyOfficer, at)
    row.name, row.email, row.phone = draft.name, draft.email, draft.phone
    log(db, "privacy.officer_changed", "location", at, by=by, at=at)
    db.flush()


def breaches(db: Session) -> Sequence[Breach]:
    return db.exec(select(Breach).order_by(col(Breach.found_on).desc(), col(Breach.id).desc())).all()


def breach(db: Session, breach_id: str) -> Breach:
    found = db.get(Breach, breach_id)
    if found is None:
        raise NotFound
    return found


def late(one: Breach, on: date | None = None) -> bool:
    """More than three days and neither reported nor said why not."""
    return not one.reported_at and not one.why_not and one.found_on + timedelta(days=3) < (on or today())


def write_down(db: Session, draft: BreachDraft, *, by: Actor, known: Breach | None = None) -> Breach:
    """New, or what is known by now about one that is there. Sending a new one twice is sending it once."""
    if draft.found_on > today():
        raise Invalid({"found_on": "breach.in_the_future"})
    row = known or db.get(Breach, draft.id) or Breach(id=draft.id, found_on=draft.found_on, what=draft.what)
    reported_at: datetime | None = begin_of(draft.reported_on) if draft.reported_on else None
    for name, value in draft.model_dump(exclude={"id", "reported_on"}).items():
        setattr(row, name, value)
    row.reported_at, row.written_by_id = reported_at, row.written_by_id or by.id
    db.add(row)
    log(db, "breach.written" if known is None else "breach.changed", "breach", row.id, by=by)
    db.flush()
    return row
