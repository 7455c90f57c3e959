"""The words of a note go, and what it counts for stays: its numbers, its choices, its labels and its customer."""

from sqlmodel import Session, col, delete, select, update

from app.clock import now
from app.models.action.table import Evidence
from app.models.attachment import dropping
from app.models.attachment.table import AttachmentKind
from app.models.delivery.table import Quarantine
from app.models.field_note.table import Contact, FieldNote, NoteEdit, Tagging
from app.models.field_note.wording import texts_of
from app.models.proposal import forgetting as proposals
from app.models.rule.table import RuleNote
from app.models.tag.learned import unlearn


def drop_words(db: Session, note: FieldNote) -> bool:
    """What somebody said or wrote, wherever it was copied to. False when that was done before."""
    if note.emptied_at:
        return False
    note.answers = {name: said for name, said in note.answers.items() if name not in texts_of(note.answers)}
    note.headline, note.headline_literal, note.emptied_at = "", False, now()
    for table in (NoteEdit, Quarantine):
        db.exec(delete(table).where(col(table.note_id) == note.id))
    for quoting in (Evidence, RuleNote):
        blank = {"field": "", "quote": "", "mark_start": 0, "mark_end": 0}
        db.exec(update(quoting).where(col(quoting.note_id) == note.id).values(**blank))
    db.exec(update(Tagging).where(col(Tagging.note_id) == note.id).values(spans=[], why=""))
    proposals.forget(db, note.id)
    unlearn(db)
    db.flush()
    return True


def drop_files(db: Session, note: FieldNote, kind: AttachmentKind) -> int:
    """With what is still under way of them; how many were here."""
    gone = dropping.drop(db, note.id, kind)
    note.announced = [file for file in note.announced if file["kind"] != kind]
    for edit in _edits(db, note):
        files = edit.draft.get("attachments", [])
        edit.draft = edit.draft | {"attachments": [file for file in files if file["kind"] != kind]}
    db.flush()
    return gone


def drop_contact(db: Session, note: FieldNote) -> bool:
    """Name and number, also of a version beside the note and of bytes that were set apart."""
    gone = db.exec(delete(Contact).where(col(Contact.note_id) == note.id)).rowcount
    for edit in _edits(db, note):
        edit.draft = {name: value for name, value in edit.draft.items() if name != "call_back"}
    db.exec(delete(Quarantine).where(col(Quarantine.note_id) == note.id))
    db.flush()
    return bool(gone)


def _edits(db: Session, note: FieldNote) -> list[NoteEdit]:
    return list(db.exec(select(NoteEdit).where(NoteEdit.note_id == note.id)))


def empty(db: Session, note: FieldNote) -> None:
    """All that a customer said, showed or left; what it counts for stays."""
    drop_words(db, note)
    for kind in AttachmentKind:
        drop_files(db, note, kind)
    drop_contact(db, note)
