"""Reads notes again with today's words and model. What people decided stays; only open suggestions change.

Each note says what it was last read with, so a run that was stopped goes on where it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from app.models.field_note import tagging
from app.models.field_note.table import FieldNote
from app.models.tag.learned import current_sense
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
    return _read(db, db.exec(behind.order_by(col(FieldNote.id)).limit(AT_ONCE)).all())


def read_these(db: Session, note_ids: Sequence[str]) -> dict[str, Read]:
    """The same of these notes, whatever they were read with."""
    return _read(db, db.exec(select(FieldNote).where(col(FieldNote.id).in_(note_ids))).all())


def _read(db: Session, notes: Sequence[FieldNote]) -> dict[str, Read]:
    sense = current_sense(db)
    return {note.id: Read(note.revision, *tagging.read_note(db, note.answers, sense)) for note in notes}


def renew(db: Session, read: Mapping[str, Read]) -> None:
    """What was changed or erased since it was read, was read anew by who changed it."""
    for note in db.exec(select(FieldNote).where(col(FieldNote.id).in_(list(read)))):
        told = read[note.id]
        if note.revision == told.revision and not (note.erased_at or note.emptied_at):
            note.sentiment, note.read_with = told.reading.sentiment, told.version
            tagging.renew(db, note, note.answers, told.reading)


def _behind(db: Session) -> list[ColumnElement[bool]]:
    version = tagging.version_with(reader_for(db).version, current_sense(db))
    there = [
        col(FieldNote.erased_at).is_(None),
        ~col(FieldNote.declined),
        col(FieldNote.emptied_at).is_(None),
    ]
    return [*there, col(FieldNote.read_with).is_distinct_from(version)]
