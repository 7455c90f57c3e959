"""Reads notes again with today's words and model. What people decided stays; only open suggestions change."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from app.models.field_note import tagging
from app.models.field_note.table import FieldNote
from app.models.tag.learned import current_sense
from app.models.tag.reading import Reading

AT_ONCE = 50
"""Notes in one transaction: short enough that a phone's note hardly waits."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a note's words suggest, and of which revision they are."""

    revision: int
    reading: Reading


def how_many(db: Session, after: str | None) -> int:
    return db.exec(select(func.count()).select_from(FieldNote).where(*_rest(after))).one()


def some(db: Session, after: str | None) -> list[str]:
    """Ids of the next notes to read again, in the order of their ids."""
    return list(db.exec(select(FieldNote.id).where(*_rest(after)).order_by(col(FieldNote.id)).limit(AT_ONCE)))


def read_again(db: Session, note_ids: list[str]) -> dict[str, Read]:
    """By note id, by meaning too where that is on. Slow: not for the turn to write."""
    sense = current_sense(db)
    notes = db.exec(select(FieldNote).where(col(FieldNote.id).in_(note_ids)))
    return {n.id: Read(n.revision, tagging.read_note(db, {"answers": n.answers}, sense)) for n in notes}


def renew(db: Session, read: Mapping[str, Read]) -> None:
    """What was changed or erased since it was read, was read anew by who changed it."""
    for note in db.exec(select(FieldNote).where(col(FieldNote.id).in_(list(read)))):
        told = read[note.id]
        if note.revision == told.revision and note.erased_at is None:
            note.sentiment = told.reading.sentiment
            tagging.renew(db, note, note.answers, told.reading)


def _rest(after: str | None) -> list[ColumnElement[bool]]:
    there = [col(FieldNote.erased_at).is_(None), ~col(FieldNote.declined)]
    return [*there, col(FieldNote.id) > after] if after else there
