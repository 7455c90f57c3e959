from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import now
from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.attachment.table import Attachment, AttachmentKind
from app.models.audit.table import AuditEntry
from app.models.field_note.queries import own, visible_to
from app.models.field_note.schemas import Announced
from app.models.field_note.table import FieldNote, NoteEdit
from app.models.location.queries import ids_within


def arrived(db: Session, note_id: str) -> set[str]:
    """The sha256, as sent, of each file of the note that is here."""
    return set(db.exec(select(Attachment.sha256).where(Attachment.note_id == note_id)))


def announced(db: Session, note: FieldNote, sha256: str) -> Announced | None:
    """What the note says about that file, in any version of it that we keep."""
    edits = db.exec(select(NoteEdit.draft).where(NoteEdit.note_id == note.id))
    files = [*note.announced, *(file for draft in edits for file in draft.get("attachments", []))]
    return next((Announced.model_validate(file) for file in files if file["sha256"] == sha256), None)


def of(db: Session, note_id: str) -> Sequence[Attachment]:
    """In the order in which they arrived."""
    return db.exec(select(Attachment).where(Attachment.note_id == note_id).order_by(col(Attachment.id))).all()


OPENED = "voice.opened"
HEARD_WITHIN = timedelta(hours=1)
"""So long the players work that a manager opened; the next time is asked for, and written down, again."""


def get(db: Session, actor: Actor, attachment_id: str) -> Attachment:
    """NotFound when it is not there, or is of a note that the actor may not see, or a voice not theirs to hear."""
    seen = visible_to(actor).with_only_columns(col(FieldNote.id))
    managed = col(FieldNote.location_id).in_(ids_within(actor, Permission.READ_CONTACT))
    heard = seen.where(or_(own(actor), and_(managed, col(FieldNote.id).in_(_opened_by(actor)))))
    wanted = select(Attachment).where(
        Attachment.id == attachment_id,
        col(Attachment.note_id).in_(seen),
        or_(col(Attachment.kind) == AttachmentKind.PHOTO, col(Attachment.note_id).in_(heard)),
    )
    found = db.exec(wanted).first()
    if found is None:
        raise NotFound
    return found


def _opened_by(actor: Actor) -> SelectOfScalar[str]:
    """The notes whose recordings this person just asked for, with the page that writes it down (`hearing`)."""
    return select(AuditEntry.subject_id).where(
        AuditEntry.verb == OPENED, AuditEntry.actor_id == actor.id, AuditEntry.at > now() - HEARD_WITHIN
    )
