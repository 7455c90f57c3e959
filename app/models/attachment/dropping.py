"""A photo or a recording goes for good: its row, its bytes, its thumbnail, and parts that are still coming in."""

from sqlmodel import Session, col, delete, or_, select

from app import storage
from app.models.attachment import receiving
from app.models.attachment.table import Attachment, AttachmentKind


def drop(db: Session, note_id: str, kind: AttachmentKind | None = None) -> int:
    """Of one kind or of both; how many there were. The same photo under another note stays for that one."""
    wanted = select(Attachment).where(Attachment.note_id == note_id)
    mine = db.exec(wanted.where(Attachment.kind == kind) if kind else wanted).all()
    db.exec(delete(Attachment).where(col(Attachment.id).in_([file.id for file in mine])))
    for digest in {kept for file in mine for kept in (file.blob, file.thumbnail) if kept}:
        used = select(Attachment.id).where(or_(Attachment.blob == digest, Attachment.thumbnail == digest))
        if db.exec(used.limit(1)).first() is None:
            storage.delete(digest)
    receiving.drop_all(note_id)
    return len(mine)
