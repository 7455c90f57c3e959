"""What people decided about themes, gathered for learning."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.field_note.wording import texts_of
from app.models.tag.learning.decided import Decided, Place
from app.models.tag.table import Tag

MOST = 20_000
"""Notes that are learned from: the last ones about which somebody decided."""


def last_decided_at(db: Session) -> datetime | None:
    return db.exec(select(func.max(col(Tagging.decided_at)))).one()


def decisions(db: Session) -> list[Decided]:
    """Notes with at least one decision, with everything that was decided about them. Read only."""
    recent = (
        select(Tagging.note_id)
        .where(Tagging.state != TaggingState.SUGGESTED)
        .group_by(Tagging.note_id)
        .order_by(func.max(col(Tagging.decided_at)).desc(), col(Tagging.note_id))
        .limit(MOST)
    )
    rows = db.connection().execute(
        columns(
            col(Tagging.note_id),
            col(Tag.slug),
            col(Tagging.state),
            col(Tagging.spans),
            col(FieldNote.answers),
        )
        .join(Tag, col(Tag.id) == col(Tagging.tag_id))
        .join(FieldNote, col(FieldNote.id) == col(Tagging.note_id))
        .where(col(Tagging.note_id).in_(recent), col(FieldNote.erased_at).is_(None), ~col(FieldNote.declined))
        .order_by(col(Tagging.note_id), col(Tag.slug))
    )
    by_note: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_note[row.note_id].append(row)
    return [_decided(note_id, rows) for note_id, rows in by_note.items()]


def _decided(note_id: str, rows: list[Any]) -> Decided:
    accepted: dict[str, list[Place]] = {
        row.slug: [(s["field"], s["start"], s["end"]) for s in row.spans]
        for row in rows
        if row.state == TaggingState.ACCEPTED
    }
    rejected = frozenset(row.slug for row in rows if row.state == TaggingState.REJECTED)
    open_ = frozenset(row.slug for row in rows if row.state == TaggingState.SUGGESTED)
    return Decided(note_id, texts_of(rows[0].answers), accepted, rejected, open_)
