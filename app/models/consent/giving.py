"""A customer says yes, for one purpose at a time."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.errors import Gone
from app.models.consent.table import Channel, Consent, Purpose
from app.models.record import put_new

Given = tuple[Purpose, str, Channel]
"""For what, the version of the text, and how it was said."""


def give(db: Session, note_id: str, given: Iterable[Given], *, at: datetime, to_id: str) -> None:
    """Twice is once; what was withdrawn stays withdrawn."""
    rows: list[dict[str, Any]] = [
        {
            "note_id": note_id,
            "purpose": purpose,
            "version": version,
            "channel": channel,
            "given_at": at,
            "given_to_id": to_id,
        }
        for purpose, version, channel in given
    ]
    put_new(db, Consent, rows)


def of(db: Session, note_id: str) -> Sequence[Consent]:
    return db.exec(select(Consent).where(Consent.note_id == note_id).order_by(col(Consent.purpose))).all()


def withdrawn(db: Session, note_id: str) -> set[Purpose]:
    gone = select(Consent.purpose).where(Consent.note_id == note_id, col(Consent.withdrawn_at).is_not(None))
    return {Purpose(purpose) for purpose in db.exec(gone)}


def require(db: Session, note_id: str, purpose: Purpose) -> None:
    """Gone when the customer took it back: nothing of that kind is kept any more."""
    if purpose in withdrawn(db, note_id):
        raise Gone(f"consent.{purpose}_withdrawn")
