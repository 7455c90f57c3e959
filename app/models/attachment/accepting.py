"""Takes in a photo or a spoken note that belongs to a field note; the same file twice is one.

In two steps: `unpacked` reads and decodes without the database, `keep` writes. A photo takes up to a second to
decode, so whoever can, does that before the turn to write begins.
"""

import hashlib
from dataclasses import dataclass

from sqlmodel import Session, select

from app import storage
from app.errors import Invalid, NotFound, TooLarge
from app.models.access import Actor
from app.models.attachment import decoding, queries, voices
from app.models.attachment.photos import Photo
from app.models.attachment.table import Attachment, AttachmentKind
from app.models.audit.noting import note as log
from app.models.consent import giving
from app.models.consent.table import Purpose
from app.models.field_note.table import FieldNote
from app.settings import settings

MOST = 30
"""Files a note."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`sha256` and `size` (bytes) are of the file as sent, `content` is what we keep."""

    kind: AttachmentKind
    sha256: str
    size: int
    media_type: str
    content: bytes
    photo: Photo | None = None


def unpacked(content: bytes, kind: AttachmentKind | None = None) -> Unpacked:
    """What the bytes are, by looking; with `kind` only that will do. Raises Invalid or TooLarge."""
    limit = settings().photo_limit
    if len(content) > limit:
        raise TooLarge("too_large", limit=limit // 1_000_000)
    digest, size = hashlib.sha256(content).hexdigest(), len(content)
    sound = voices.recognised(content)
    if kind == AttachmentKind.VOICE or (kind is None and sound):
        if sound is None:
            raise Invalid({"photo": "voice.wrong_kind"})
        return Unpacked(AttachmentKind.VOICE, digest, size, sound, content)
    photo = decoding.clean(content)
    return Unpacked(AttachmentKind.PHOTO, digest, size, "image/jpeg", photo.content, photo)


def accept(
    db: Session,
    note: FieldNote,
    content: bytes,
    *,
    kind: AttachmentKind | None = None,
    sha256: str | None = None,
    by: Actor,
) -> tuple[Attachment, bool]:
    """Keeps the file and says whether it is new. `sha256`, when given, is what the sender says the bytes are."""
    return keep(db, note, unpacked(content, kind), sha256=sha256, by=by)


def keep(
    db: Session, note: FieldNote, file: Unpacked, *, sha256: str | None = None, by: Actor
) -> tuple[Attachment, bool]:
    if note.author_id != by.id:
        raise NotFound
    if sha256 not in (None, file.sha256):
        raise Invalid({"sha256": "blob.wrong_hash"})
    giving.require(db, note.id, Purpose(file.kind))
    # One at a time for a note, so that the same file sent twice at once is still one row.
    db.exec(select(FieldNote.id).where(FieldNote.id == note.id).with_for_update())
    here = queries.of(db, note.id)
    if known := next((one for one in here if one.sha256 == file.sha256), None):
        return known, False
    if len(here) >= MOST:
        raise Invalid({"photo": ("attachment.too_many", {"most": MOST})})
    attachment = _stored(note, file)
    db.add(attachment)
    log(db, f"{file.kind}.added", "field_note", note.id, by=by, at=note.location_id, size=file.size)
    db.flush()
    return attachment, True


def _stored(note: FieldNote, file: Unpacked) -> Attachment:
    photo = file.photo
    return Attachment(
        note_id=note.id,
        kind=file.kind,
        sha256=file.sha256,
        media_type=file.media_type,
        size=len(file.content),
        blob=storage.put(file.content),
        thumbnail=storage.put(photo.thumbnail) if photo else None,
        width=photo.width if photo else None,
        height=photo.height if photo else None,
    )
