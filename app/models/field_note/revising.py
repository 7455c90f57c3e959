"""A note that was edited: the former version stays beside it, and an edit of an older version never overwrites."""

import hashlib

from sqlmodel import Session, col, select

from app.clock import now
from app.errors import Conflict, Gone, Invalid, TooMany
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note import checking, consenting, contacting, pending, tagging
from app.models.field_note.forming import columns_of, draft_of, with_more_files
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import FieldNote, NoteEdit, Receipt
from app.models.guide.queries import Outline
from app.models.safari.table import Safari

MOST_BESIDE = 20
"""Versions of one note that wait for a choice."""


def revise(
    db: Session,
    note: FieldNote,
    draft: NoteDraft,
    guide: Outline,
    *,
    sha256: str,
    based_on: int | None,
    by: Actor,
) -> None:
    """The draft becomes the note's newest version; Conflict when it was not made from the newest."""
    note = _locked(db, note.id)
    _about_the_same(note, draft)
    if based_on != note.revision or draft.revision <= note.revision:
        raise Conflict("note.differs", id=note.id)
    former = note.answers
    db.add(_former(db, note, guide, by))
    columns = columns_of(draft, guide)
    columns["announced"] = with_more_files(note.announced, draft)
    for name, value in columns.items():
        setattr(note, name, value)
    reading, note.read_with = tagging.read_note(db, note.answers)
    note.sentiment = reading.sentiment
    tagging.renew(db, note, former, reading)
    pending.ask(db, note.id, note.revision, note.answers)
    if draft.call_back:
        contacting.replace(db, note.id, draft.call_back)
    log(db, "note.revised", "field_note", note.id, by=by, at=note.location_id, revision=note.revision)
    db.flush()


def keep_beside(
    db: Session,
    note_id: str,
    draft: NoteDraft,
    *,
    sent: bytes,
    based_on: int | None,
    by: Actor,
    author_id: str,
) -> NoteEdit:
    """Keeps a version that was not made from the newest one, until somebody chooses; the same bytes are kept once.

    Whom to call back is kept too: by the note itself when it has nobody yet, else sealed in the version.
    """
    note, sha256 = _locked(db, note_id), hashlib.sha256(sent).hexdigest()
    draft = consenting.still_agreed(db, note, draft)
    there = select(NoteEdit).where(NoteEdit.note_id == note_id, NoteEdit.sha256 == sha256)
    if known := db.exec(there).first():
        return known
    if len(waiting(db, note_id)) >= MOST_BESIDE:
        raise TooMany("note.too_many_versions", seconds=3600)
    guide = guide_of(db, note)
    columns = columns_of(draft, guide)
    kept = draft.model_dump(mode="json", by_alias=True, exclude={"call_back"})
    kept["answers"] = columns["answers"]
    if draft.call_back and (apart := contacting.add_or_seal(db, note_id, draft.call_back)):
        kept["call_back"] = apart
    note.announced = with_more_files(note.announced, draft)
    edit = NoteEdit(
        note_id=note_id,
        base=based_on or 0,
        revision=draft.revision,
        sha256=sha256,
        draft=kept,
        author_id=author_id,
    )
    db.add(edit)
    log(db, "note.edited_beside", "field_note", note_id, by=by, at=note.location_id, edit=edit.id)
    db.flush()
    return edit


def waiting(db: Session, note_id: str) -> list[NoteEdit]:
    """Versions between which somebody has yet to choose, the oldest first."""
    unsettled = select(NoteEdit).where(NoteEdit.note_id == note_id, col(NoteEdit.settled_at).is_(None))
    return list(db.exec(unsettled.order_by(col(NoteEdit.created_at), col(NoteEdit.id))))


def guide_of(db: Session, note: FieldNote) -> Outline:
    version_id = db.exec(select(Safari.guide_version_id).where(Safari.id == note.safari_id)).one()
    return checking.outlines.get(db, version_id)


def _locked(db: Session, note_id: str) -> FieldNote:
    """One at a time for a note, so that of two edits at once the second sees the first."""
    found = select(FieldNote).where(FieldNote.id == note_id).with_for_update()
    note = db.exec(found.execution_options(populate_existing=True)).first()
    if note is None or note.erased_at:
        raise Gone("note.erased")
    return note


def _about_the_same(note: FieldNote, draft: NoteDraft) -> None:
    wrong = {
        name: "note.other_note"
        for name in ("safari_id", "kind")
        if getattr(note, name) != getattr(draft, name)
    }
    if wrong:
        raise Invalid(wrong)


def _former(db: Session, note: FieldNote, guide: Outline, by: Actor) -> NoteEdit:
    """`sha256` is of the bytes that its receipt proved."""
    draft = draft_of(note, guide)
    proven = select(Receipt.sha256).where(Receipt.note_id == note.id, Receipt.revision == note.revision)
    return NoteEdit(
        note_id=note.id,
        base=note.revision - 1,
        revision=note.revision,
        sha256=db.exec(proven).first() or hashlib.sha256(draft.model_dump_json().encode()).hexdigest(),
        draft=draft.model_dump(mode="json", by_alias=True),
        author_id=note.author_id,
        settled_at=now(),
        settled_by_id=by.id,
    )
