"""What a safari brought in: how many talks, and the notes themselves as one person may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func
from sqlmodel import Session, col, select

from app.models.access import Actor
from app.models.attachment.table import Attachment, AttachmentKind
from app.models.field_note.queries import visible_to
from app.models.field_note.table import FieldNote, NoteKind


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one safari, whoever recorded; a talk that was declined is no talk."""

    talks: int = 0
    declined: int = 0
    observations: int = 0


@dataclass(frozen=True, slots=True)
class Find:
    note: FieldNote
    photo: bool


def tallies(db: Session, safari_ids: Iterable[str]) -> dict[str, Tally]:
    """Every id asked for is in the answer."""
    ids = list(safari_ids)
    talk = col(FieldNote.kind) == NoteKind.INTERVIEW
    declined = col(FieldNote.declined)
    rows = db.exec(
        select(
            FieldNote.safari_id,
            func.sum(case((and_(talk, ~declined), 1), else_=0)),
            func.sum(case((and_(talk, declined), 1), else_=0)),
            func.sum(case((~talk, 1), else_=0)),
        )
        .where(col(FieldNote.safari_id).in_(ids), col(FieldNote.erased_at).is_(None))
        .group_by(col(FieldNote.safari_id))
    )
    return dict.fromkeys(ids, Tally()) | {safari_id: Tally(*counts) for safari_id, *counts in rows}


def tally(db: Session, safari_id: str) -> Tally:
    return tallies(db, [safari_id])[safari_id]


def finds(
    db: Session, actor: Actor, safari_id: str, *, kind: NoteKind | None = None, limit: int
) -> Sequence[Find]:
    """The newest first, those that were declined left out."""
    found = visible_to(actor).where(FieldNote.safari_id == safari_id, ~col(FieldNote.declined))
    if kind:
        found = found.where(FieldNote.kind == kind)
    notes = db.exec(
        found.order_by(col(FieldNote.held_at).desc(), col(FieldNote.id).desc()).limit(limit)
    ).all()
    photos = select(Attachment.note_id).where(
        Attachment.kind == AttachmentKind.PHOTO, col(Attachment.note_id).in_([note.id for note in notes])
    )
    with_photo = set(db.exec(photos))
    return [Find(note, note.id in with_photo) for note in notes]


def own_notes(db: Session, actor: Actor, safari_id: str) -> Sequence[FieldNote]:
    """What the actor recorded on it, oldest first."""
    mine = visible_to(actor).where(FieldNote.safari_id == safari_id, FieldNote.author_id == actor.id)
    return db.exec(mine.order_by(col(FieldNote.id))).all()


def readable(db: Session, actor: Actor, safari_id: str) -> int:
    """How many notes of the safari the actor can open."""
    notes = visible_to(actor).where(FieldNote.safari_id == safari_id).subquery()
    return db.exec(select(func.count()).select_from(notes)).one()
