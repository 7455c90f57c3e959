from sqlmodel import Session, select

from app.models.attachment.table import Attachment


def arrived(db: Session, note_id: str) -> set[str]:
    """The sha256, as sent, of each file of the note that is here."""
    return set(db.exec(select(Attachment.sha256).where(Attachment.note_id == note_id)))
