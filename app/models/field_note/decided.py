"""What people decided about themes, gathered for learning."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.field_note.wording import texts_of
from app.models.tag.learning.decided import Decided, Place
from app.models.tag.learning.model import MOODS
from app.models.tag.table import Tag

MOST = 20_000
"""Notes that are learned from: the last ones about which somebody decided."""


def last_decided_at(db: Session) -> datetime | None:
    """About a label, or how an accepted one was meant."""
    felt = select(func.max(col(Tagging.felt_at))).where(Tagging.state == TaggingState.ACCEPTED)
    moments = (db.exec(select(func.max(col(Tagging.decided_at)))).one(), db.exec(felt).one())
    return max((at for at in moments if at), default=None)


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
            col(Tagging.sentiment),
            col(Tagging.felt_by_id),
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
    moods, left = _moods(rows)
    return Decided(note_id, texts_of(rows[0].answers), accepted, rejected, open_, moods, left)


def _moods(rows: list[Any]) -> tuple[list[tuple[Place, str]], list[tuple[Place, str]]]:
    """How accepted labels were meant, as a person said it and as it was let stand. What is neither good nor bad in
    several places may be one of each, and says nothing of either."""
    said: list[tuple[Place, str]] = []
    left: list[tuple[Place, str]] = []
    for row in rows:
        places = [((s["field"], s["start"], s["end"]), s.get("sentiment")) for s in row.spans]
        if row.state != TaggingState.ACCEPTED:
            continue
        if row.felt_by_id is None:
            left += [(place, read) for place, read in places if read in MOODS]
        elif row.sentiment != "neutral" or len(places) == 1:
            said += [(place, row.sentiment) for place, _ in places]
    return said, left
