"""A private link for one customer, when they said yes to it: made by staff, shown once, ended whenever they like."""

import secrets
from datetime import timedelta

from sqlmodel import Session, col, select, update

from app.clock import now
from app.errors import Forbidden, Invalid
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.consent import giving
from app.models.consent.table import Purpose
from app.models.consent.texts import version_of
from app.models.field_note.table import FieldNote
from app.models.location.table import Location
from app.models.promise.making import may_make
from app.models.promise.schemas import LinkDraft
from app.models.promise.table import CustomerLink
from app.models.user.actors import digest
from app.settings import settings


def make(db: Session, note: FieldNote, draft: LinkDraft, *, by: Actor) -> str:
    """The token, which is kept nowhere. Whatever link the customer had before ends. Gone when they took a yes to it
    back."""
    _require(db, note, by)
    if note.declined:
        raise Invalid({"agreed": "rule.nothing_said"})
    giving.require(db, note.id, Purpose.LINK)
    giving.give(db, note.id, [(Purpose.LINK, version_of(Purpose.LINK), draft.channel)], at=now(), to_id=by.id)
    end(db, note.id)
    token = secrets.token_urlsafe(32)
    link = CustomerLink(
        note_id=note.id,
        token_hash=digest(token),
        expires_at=now() + timedelta(days=settings().customer_link_days),
        created_by_id=by.id,
    )
    db.add(link)
    log(db, "link.made", "field_note", note.id, by=by, at=note.location_id, channel=draft.channel.value)
    db.flush()
    return token


def revoke(db: Session, note: FieldNote, *, by: Actor) -> None:
    """Twice is once."""
    _require(db, note, by)
    if end(db, note.id):
        log(db, "link.revoked", "field_note", note.id, by=by, at=note.location_id)


def live(db: Session, note_id: str) -> CustomerLink | None:
    open_ones = select(CustomerLink).where(
        CustomerLink.note_id == note_id,
        col(CustomerLink.revoked_at).is_(None),
        col(CustomerLink.expires_at) > now(),
    )
    return db.exec(open_ones).first()


def end(db: Session, note_id: str) -> int:
    still = update(CustomerLink).where(
        col(CustomerLink.note_id) == note_id, col(CustomerLink.revoked_at).is_(None)
    )
    return db.exec(still.values(revoked_at=now())).rowcount


def _require(db: Session, note: FieldNote, by: Actor) -> None:
    if not may_make(by, note, db.get_one(Location, note.location_id)):
        raise Forbidden
