from datetime import date, datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import and_, or_
from sqlmodel import Session, col

from app.models.access import Actor
from app.models.paging import Page, cursor_of, moment_and_id
from app.models.promise.filter import PromiseFilter
from app.models.promise.queries import matching
from app.models.promise.table import Promise, PromiseState


class PromiseOut(BaseModel):
    """`version` grows with every change: send the one you saw. A promise under its note's id is the call that the
    customer asked for; nobody's name or number is ever in here."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    note_id: str
    location_id: str
    action_id: str | None
    text: str
    owner_id: str | None
    due_on: date
    state: PromiseState
    reason: str
    tries: int
    settled_at: datetime | None
    created_by_id: str | None
    created_at: datetime
    version: int


def page(db: Session, actor: Actor, only: PromiseFilter, *, limit: int, cursor: str = "") -> Page[PromiseOut]:
    """The newest first."""
    made, own = col(Promise.created_at), col(Promise.id)
    found = matching(actor, only)
    if cursor:
        at, last_id = moment_and_id(cursor)
        found = found.where(or_(made < at, and_(made == at, own < last_id)))
    rows = db.exec(found.order_by(made.desc(), own.desc()).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    following = cursor_of(last.created_at.isoformat(), last.id) if last else None
    return Page([PromiseOut.model_validate(row) for row in rows[:limit]], following)
