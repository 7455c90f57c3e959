"""What was kept long enough goes, a small batch at a time, so that nobody who writes has to wait for it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, delete, select

from app.models.attachment.table import AttachmentKind
from app.models.audit.noting import note as log
from app.models.audit.table import AuditEntry
from app.models.delivery.table import Quarantine
from app.models.field_note.table import FieldNote
from app.models.privacy import emptying, overdue
from app.models.privacy.table import Kept
from app.models.user.table import Invitation, UserSession

AT_ONCE = 50


def expire(db: Session, kind: Kept, *, at: datetime, most: int = AT_ONCE) -> int:
    """How many went of what was due at that moment; 0 when nothing is left. Done again it does nothing."""
    ids = list(db.exec(overdue.overdue(db, kind, at).limit(most)))
    if kind == Kept.SESSION:
        _rows(db, Invitation, list(db.exec(overdue.invitations(db, at).limit(most))))
    if kind in ROWS:
        _rows(db, ROWS[kind], ids)
    else:
        for note in db.exec(select(FieldNote).where(col(FieldNote.id).in_(ids)).with_for_update()):
            DROP[kind](db, note)
    db.flush()
    return len(ids)


def tell(db: Session, counts: dict[str, int]) -> None:
    """One line of the log for each day on which anything went: counts alone."""
    gone: dict[str, Any] = {kind: number for kind, number in counts.items() if number}
    if gone:
        log(db, "retention.done", "retention", "", by=None, **gone)


def erased_since(db: Session, moment: datetime) -> bool:
    """Whether a person had anything erased, of which the database file may still hold traces."""
    verbs = ("note.erased", "consent.withdrawn")
    found = select(AuditEntry.id).where(col(AuditEntry.at) >= moment, col(AuditEntry.verb).in_(verbs))
    return db.exec(found.limit(1)).first() is not None


def _rows(db: Session, table: type[SQLModel], ids: list[str]) -> None:
    db.exec(delete(table).where(col(table.id).in_(ids)))  # type: ignore[attr-defined]


ROWS: dict[Kept, type[SQLModel]] = {
    Kept.QUARANTINE: Quarantine,
    Kept.SESSION: UserSession,
}
DROP: dict[Kept, Callable[[Session, FieldNote], object]] = {
    Kept.VOICE: lambda db, note: emptying.drop_files(db, note, AttachmentKind.VOICE),
    Kept.PHOTO: lambda db, note: emptying.drop_files(db, note, AttachmentKind.PHOTO),
    Kept.CONTACT: emptying.drop_contact,
    Kept.CONTACT_OPEN: emptying.drop_contact,
    Kept.NOTE: emptying.empty,
}
