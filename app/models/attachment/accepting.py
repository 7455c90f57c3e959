"""Takes in a photo or a spoken note that belongs to a field note; the same file twice is one."""

import hashlib
from typing import Any

from sqlmodel import Session, select

from app import storage
from app.errors import Invalid, NotFound, TooLarge
from app.models.access import Actor
from app.models.attachment import photos, voices
from app.models.attachment.table import Attachment, AttachmentKind
from app.models.audit.noting import note as log
from app.models.field_note.table import FieldNote
from app.settings import settings


def accept(
    db: Session,
    note: FieldNote,
    content: bytes,
    *,
    kind: AttachmentKind,
    sha256: str | None = None,
    by: Actor,
) -> tuple[Attachment, bool]:
    """Keeps the file and says whether it is new. `sha256`, when given, is what the sender says the bytes are."""
    if note.author_id != by.id:
        raise NotFound
    limit = settings().photo_limit
    if len(content) > limit:
        raise TooLarge("too_large", limit=limit // 1_000_000)
    digest = hashlib.sha256(content).hexdigest()
    if sha256 not in (None, digest):
        raise Invalid({"sha256": "blob.wrong_hash"})
    there = select(Attachment).where(Attachment.note_id == note.id, Attachment.sha256 == digest)
    if (known := db.exec(there).first()) is not None:
        return known, False
    kept = _photo(content) if kind == AttachmentKind.PHOTO else _voice(content)
    attachment = Attachment(note_id=note.id, kind=kind, sha256=digest, **kept)
    db.add(attachment)
    log(db, f"{kind}.added", "field_note", note.id, by=by, at=note.location_id, size=len(content))
    db.flush()
    return attachment, True


def _photo(content: bytes) -> dict[str, Any]:
    photo = photos.clean(content)
    return {
        "media_type": "image/jpeg",
        "size": len(photo.content),
        "blob": storage.put(photo.content),
        "thumbnail": storage.put(photo.thumbnail),
        "width": photo.width,
        "height": photo.height,
    }


def _voice(content: bytes) -> dict[str, Any]:
    return {"media_type": voices.media_type(content), "size": len(content), "blob": storage.put(content)}
