"""Whatever is looked at through broken glass is written down before it is shown."""

from sqlmodel import Session, col, select

from app.clock import now
from app.errors import Conflict
from app.models.access import Actor, Glass
from app.models.attachment.table import Attachment, AttachmentKind
from app.models.audit.noting import note as log
from app.models.break_glass.queries import Access
from app.models.break_glass.table import BreakGlass, GlassLook, GlassSeen, Look
from app.models.field_note.table import FieldNote
from app.models.location.table import Location
from app.models.record import put_new


def write_down(
    db: Session, what: Look, *, by: Actor, note_id: str | None = None, attachment_id: str | None = None
) -> None:
    """Nothing when it is not there. Of a recording its opening is written down, and not each part that is played."""
    if what == Look.LIST:
        for glass in by.broken:
            _add(db, glass, what, None, by)
        return
    if attachment_id:
        photo = Attachment.id == attachment_id, Attachment.kind == AttachmentKind.PHOTO
        note_id = db.exec(select(Attachment.note_id).where(*photo)).first()
    place = db.exec(
        select(Location.path)
        .join(FieldNote, col(FieldNote.location_id) == col(Location.id))
        .where(FieldNote.id == note_id, col(FieldNote.erased_at).is_(None))
    ).first()
    through = next((glass for glass in by.broken if place and place.startswith(glass.path)), None)
    if through:
        _add(db, through, what, note_id, by)


def _add(db: Session, glass: Glass, what: Look, note_id: str | None, by: Actor) -> None:
    db.add(GlassLook(break_glass_id=glass.id, what=what, note_id=note_id))
    at = db.get_one(BreakGlass, glass.id).location_id
    if note_id:
        log(db, f"break_glass.{what}", "field_note", note_id, by=by, at=at, break_glass=glass.id)
    else:
        log(db, "break_glass.list", "break_glass", glass.id, by=by, at=at)


def see(db: Session, access: Access, *, by: Actor) -> None:
    """This manager knows; twice is once. Conflict while it goes on: more may be looked at."""
    if access.is_open:
        raise Conflict("break_glass.still_open")
    if db.get(GlassSeen, (access.glass.id, by.id)) is None:
        put_new(db, GlassSeen, [{"break_glass_id": access.glass.id, "user_id": by.id, "seen_at": now()}])
        log(db, "break_glass.seen", "break_glass", access.glass.id, by=by, at=access.place.id)
