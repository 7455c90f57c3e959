"""A customer takes a yes back: what it was for is gone everywhere at once, and does not come back by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, update

from app.clock import now
from app.errors import Forbidden
from app.models.access import Actor
from app.models.attachment.table import AttachmentKind
from app.models.audit.noting import note as log
from app.models.consent import giving
from app.models.consent.table import Consent, Purpose
from app.models.field_note import contacting
from app.models.field_note.editing import may_settle
from app.models.field_note.table import FieldNote
from app.models.location.table import Location
from app.models.privacy import emptying, scrubbing
from app.models.record import put_new


@dataclass(frozen=True, slots=True)
class Agreed:
    """One purpose of a note: the yes, if it was written down, and whether there is anything to take back."""

    purpose: Purpose
    given_at: datetime | None
    withdrawn_at: datetime | None
    there: bool


def agreed(db: Session, note: FieldNote, here: Collection[str]) -> list[Agreed]:
    """Every purpose that was agreed to, or of which something is `here`."""
    said = {one.purpose: one for one in giving.of(db, note.id)}
    found = []
    for purpose in Purpose:
        one = said.get(purpose)
        if one or purpose in here:
            given_at, withdrawn_at = (one.given_at, one.withdrawn_at) if one else (None, None)
            found.append(Agreed(purpose, given_at, withdrawn_at, withdrawn_at is None))
    return found


def may_withdraw(note: FieldNote, actor: Actor, place: Location) -> bool:
    """Whom a customer says it to: who spoke with them, and a manager of the place."""
    return may_settle(note, actor, place) and not note.declined


def withdraw(db: Session, note: FieldNote, purpose: Purpose, *, by: Actor) -> None:
    """Twice is once. Without the talk itself there is nothing to call back about, or to show a photo with."""
    if not may_withdraw(note, by, db.get_one(Location, note.location_id)):
        raise Forbidden
    for one in Purpose if purpose == Purpose.QUOTE else [purpose]:
        if _mark(db, note, one, by):
            _drop(db, note, one)
            log(db, "consent.withdrawn", "field_note", note.id, by=by, at=note.location_id, purpose=one)
    db.flush()


def _mark(db: Session, note: FieldNote, purpose: Purpose, by: Actor) -> bool:
    put_new(
        db, Consent, [{"note_id": note.id, "purpose": purpose, "version": note.consent, "channel": "spoken"}]
    )
    still = update(Consent).where(
        col(Consent.note_id) == note.id, col(Consent.purpose) == purpose, col(Consent.withdrawn_at).is_(None)
    )
    return db.exec(still.values(withdrawn_at=now(), withdrawn_by_id=by.id)).rowcount == 1


def _drop(db: Session, note: FieldNote, purpose: Purpose) -> None:
    match purpose:
        case Purpose.QUOTE:
            scrubbing.scrub(db, note, contacting.names(db, note.id), scrubbing.sentences_of(note))
            emptying.drop_words(db, note)
        case Purpose.PHOTO | Purpose.VOICE:
            emptying.drop_files(db, note, AttachmentKind(purpose))
        case Purpose.CALL_BACK:
            scrubbing.scrub(db, note, contacting.names(db, note.id))
            emptying.drop_contact(db, note)
