"""A photo or a recording goes for good: its row, its bytes, its thumbnail, and parts that are still coming in."""

from collections.abc import Iterable

from sqlmodel import Session, col, delete, or_, select

from app import storage
from app.models.attachment import receiving
from app.models.attachment.table import ActionFile, Attachment, AttachmentKind


def drop(db: Session, note_id: str, kind: AttachmentKind | None = None) -> int:
    """Of one kind or of both; how many there were. The same photo under another note stays for that one."""
    wanted = select(Attachment).where(Attachment.note_id == note_id)
    mine = db.exec(wanted.where(Attachment.kind == kind) if kind else wanted).all()
    db.exec(delete(Attachment).where(col(Attachment.id).in_([file.id for file in mine])))
    let_go(db, {kept for file in mine for kept in (file.blob, file.thumbnail) if kept})
    receiving.drop_all(note_id)
    return len(mine)


def let_go(db: Session, digests: Iterable[str]) -> None:
    """The bytes go from the disk, unless another note or an action holds the same ones."""
    for digest in digests:
        used = [
            db.exec(
                select(table.id).where(or_(table.blob == digest, table.thumbnail == digest)).limit(1)
            ).first()
            for table in (Attachment, ActionFile)
        ]
        if not any(used):
            storage.delete(digest)
