from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.errors import NotFound
from app.models.access import Actor
from app.models.attachment.table import Attachment
from app.models.field_note.queries import visible_to
from app.models.field_note.table import FieldNote


def arrived(db: Session, note_id: str) -> set[str]:
    """The sha256, as sent, of each file of the note that is here."""
    return set(db.exec(select(Attachment.sha256).where(Attachment.note_id == note_id)))


def of(db: Session, note_id: str) -> Sequence[Attachment]:
    """In the order in which they arrived."""
    return db.exec(select(Attachment).where(Attachment.note_id == note_id).order_by(col(Attachment.id))).all()


def get(db: Session, actor: Actor, attachment_id: str) -> Attachment:
    """NotFound when it is not there, or belongs to a note that the actor may not see."""
    notes = visible_to(actor).with_only_columns(col(FieldNote.id))
    wanted = select(Attachment).where(Attachment.id == attachment_id, col(Attachment.note_id).in_(notes))
    found = db.exec(wanted).first()
    if found is None:
        raise NotFound
    return found
