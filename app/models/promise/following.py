"""What customers were promised and told about an action goes along when that action goes into another."""

from sqlmodel import Session, SQLModel, col, delete, select, update

from app.models.action import merging
from app.models.promise.table import CustomerAnswer, Promise, Telling


def follow(db: Session, old: str, new: str) -> None:
    """A customer who answered or was told about both counts once, as it stands with the action that stays."""
    db.exec(update(Promise).where(col(Promise.action_id) == old).values(action_id=new))
    for table in (CustomerAnswer, Telling):
        _once(db, table, old, new)


def _once(db: Session, table: type[SQLModel], old: str, new: str) -> None:
    action, note = col(table.action_id), col(table.note_id)  # type: ignore[attr-defined]
    there = list(db.exec(select(note).where(action == new)))
    db.exec(delete(table).where(action == old, note.in_(there)))
    db.exec(update(table).where(action == old).values(action_id=new))


merging.ALSO.append(follow)
