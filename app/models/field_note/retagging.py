"""Reads notes again with today's words and model. What people decided stays; only open suggestions change."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from app.models.field_note import tagging
from app.models.field_note.table import FieldNote

AT_ONCE = 50
"""Notes in one transaction: short enough that a phone's note hardly waits."""


def how_many(db: Session, after: str | None) -> int:
    return db.exec(select(func.count()).select_from(FieldNote).where(*_rest(after))).one()


def some(db: Session, after: str | None) -> list[str]:
    """Ids of the next notes to read again, in the order of their ids."""
    return list(db.exec(select(FieldNote.id).where(*_rest(after)).order_by(col(FieldNote.id)).limit(AT_ONCE)))


def read_again(db: Session, note_ids: list[str]) -> None:
    for note in db.exec(select(FieldNote).where(col(FieldNote.id).in_(note_ids)).order_by(col(FieldNote.id))):
        reading = tagging.read_note(db, {"answers": note.answers})
        note.sentiment = reading.sentiment
        tagging.renew(db, note, note.answers, reading)


def _rest(after: str | None) -> list[ColumnElement[bool]]:
    there = [col(FieldNote.erased_at).is_(None), ~col(FieldNote.declined)]
    return [*there, col(FieldNote.id) > after] if after else there
