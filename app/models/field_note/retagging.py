"""Reads notes again with today's words and model. What people decided stays; only open suggestions change.

Each note says what it was last read with, so a run that was stopped goes on where it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from app.models.field_note import tagging
from app.models.field_note.table import FieldNote
from app.models.tag.reader import reader_for
from app.models.tag.reading import Reading

AT_ONCE = 50
"""Notes in one transaction: short enough that a phone's note hardly waits."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a note's words suggest, of which revision they are, and what they were read with."""

    revision: int
    reading: Reading
    version: str


def how_many(db: Session) -> int:
    return db.exec(select(func.count()).select_from(FieldNote).where(*_behind(db))).one()


def read_again(db: Session, after: str = "") -> dict[str, Read]:
    """The next notes that were read with something else, by id and in its order. Slow: not for the turn to write."""
    behind = select(FieldNote).where(*_behind(db), col(FieldNote.id) > after)
    notes = db.exec(behind.order_by(col(FieldNote.id)).limit(AT_ONCE))
    return {note.id: Read(note.revision, *tagging.read_note(db, note.answers)) for note in notes}


def renew(db: Session, read: Mapping[str, Read]) -> None:
    """What was changed or erased since it was read, was read anew by who changed it."""
    for note in db.exec(select(FieldNote).where(col(FieldNote.id).in_(list(read)))):
        told = read[note.id]
        if note.revision == told.revision and note.erased_at is None:
            note.sentiment, note.read_with = told.reading.sentiment, told.version
            tagging.renew(db, note, note.answers, told.reading)


def _behind(db: Session) -> list[ColumnElement[bool]]:
    there = [col(FieldNote.erased_at).is_(None), ~col(FieldNote.declined)]
    return [*there, col(FieldNote.read_with).is_distinct_from(reader_for(db).version)]
