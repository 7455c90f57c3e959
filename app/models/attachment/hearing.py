"""Somebody can be known by their voice: a recording is for who made it, and for a manager, whose asking is noted."""

from sqlmodel import Session

from app.errors import Forbidden, NotFound
from app.models.access import Actor
from app.models.attachment import queries
from app.models.attachment.table import AttachmentKind
from app.models.audit.noting import note as log
from app.models.field_note.contacting import may_open
from app.models.field_note.table import FieldNote
from app.models.location.table import Location


def open_voices(db: Session, note: FieldNote, *, by: Actor) -> None:
    """NotFound without a recording, Forbidden when it is not this actor's to hear."""
    if not any(file.kind == AttachmentKind.VOICE for file in queries.of(db, note.id)):
        raise NotFound
    if not may_open(by, note, db.get_one(Location, note.location_id)):
        raise Forbidden
    if by.id != note.author_id:
        log(db, "voice.opened", "field_note", note.id, by=by, at=note.location_id)
