"""One at a time, across processes and machines: a row says who is at it. Whoever dies lets go by the clock."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, update

from app.models.chore.table import Chore
from app.models.record import put_new

HELD = timedelta(minutes=15)
"""Without a word of whoever is at it; each step says it anew."""


def is_due(db: Session, name: str, *, on: date, at: datetime) -> bool:
    chore = db.get(Chore, name)
    if chore is None:
        return True
    waits = chore.held_until is None or chore.held_until < at
    return waits and (chore.done_on is None or chore.done_on < on)


def take(db: Session, name: str, by: str, *, at: datetime) -> bool:
    """False while another is at it. Taking what is one's own holds it longer."""
    put_new(db, Chore, [{"name": name}])
    free = or_(col(Chore.held_until).is_(None), col(Chore.held_until) < at, col(Chore.held_by) == by)
    taken = update(Chore).where(col(Chore.name) == name, free).values(held_by=by, held_until=at + HELD)
    return db.exec(taken).rowcount == 1


def finish(db: Session, name: str, by: str, *, on: date) -> None:
    mine = update(Chore).where(col(Chore.name) == name, col(Chore.held_by) == by)
    db.exec(mine.values(held_by=None, held_until=None, done_on=on))
