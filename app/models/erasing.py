"""A note goes for good, and with it its words from everything that was made of them."""

from sqlmodel import Session, col, delete, or_, select

from app import storage
from app.clock import now
from app.models.access import Actor
from app.models.action.table import Evidence
from app.models.attachment.table import Attachment
from app.models.audit.noting import note as log
from app.models.compliment.table import Compliment
from app.models.delivery.table import Quarantine
from app.models.field_note.table import Contact, FieldNote, NoteEdit, Tagging, Tombstone
from app.models.proposal import forgetting as proposals
from app.models.record import put_new
from app.models.rule import forgetting as rules
from app.models.tag.learned import unlearn


def erase(db: Session, note: FieldNote, *, by: Actor) -> None:
    """What stays is that there was a note, when and where; its id never comes back. Twice is once.

    Actions, rules and proposals lose its quotes and count one customer less; what was learned is learned anew.
    """
    if note.erased_at:
        return
    rules.forget(db, note.id)
    proposals.forget(db, note.id)
    for table in (Evidence, Tagging, NoteEdit, Contact, Quarantine, Compliment):
        db.exec(delete(table).where(col(table.note_id) == note.id))
    _drop_files(db, note.id)
    unlearn(db)
    note.answers, note.announced, note.headline, note.headline_literal = {}, [], "", False
    note.nps = note.effect = note.channel = None
    note.sentiment, note.consent, note.erased_at = "neutral", "", now()
    put_new(db, Tombstone, [{"note_id": note.id, "at": now(), "by_id": by.id, "reason": ""}])
    log(db, "note.erased", "field_note", note.id, by=by, at=note.location_id)
    db.flush()


def _drop_files(db: Session, note_id: str) -> None:
    """The same photo under another note stays for that one."""
    mine = db.exec(select(Attachment).where(Attachment.note_id == note_id)).all()
    db.exec(delete(Attachment).where(col(Attachment.note_id) == note_id))
    for digest in {kept for file in mine for kept in (file.blob, file.thumbnail) if kept}:
        used = select(Attachment.id).where(or_(Attachment.blob == digest, Attachment.thumbnail == digest))
        if db.exec(used.limit(1)).first() is None:
            storage.delete(digest)
