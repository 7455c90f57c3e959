"""What has been kept long enough, by kind and by place: as statements, to count and to take in batches."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from app.models.attachment.table import Attachment, AttachmentKind
from app.models.delivery.table import Quarantine
from app.models.field_note.table import Contact, FieldNote
from app.models.location.table import Location
from app.models.privacy.table import Kept
from app.models.privacy.terms import SHIPPED, days_at, rows
from app.models.user.table import Invitation, UserSession

Days = dict[int, list[str]]


def overdue(db: Session, kind: Kept, at: datetime) -> Any:
    """The ids of what was due at that moment: of notes for what hangs on a note, else of the rows themselves."""
    terms = _by_days(db, kind)
    whole = at - timedelta(days=min(terms, default=SHIPPED[kind]))
    match kind:
        case Kept.NOTE:
            return _notes(terms, at).where(col(FieldNote.emptied_at).is_(None), ~col(FieldNote.declined))
        case Kept.VOICE | Kept.PHOTO:
            files = select(Attachment.note_id).where(Attachment.kind == AttachmentKind(kind))
            return _notes(terms, at).where(col(FieldNote.id).in_(files))
        case Kept.CONTACT:
            called = select(Contact.note_id).join(FieldNote, col(FieldNote.id) == col(Contact.note_id))
            return called.where(_long_ago(terms, at, FieldNote.location_id, Contact.called_at))
        case Kept.CONTACT_OPEN:
            waiting = select(Contact.note_id).where(col(Contact.called_at).is_(None))
            return _notes(terms, at).where(col(FieldNote.id).in_(waiting))
        case Kept.QUARANTINE:
            old = _long_ago(terms, at, Quarantine.location_id, Quarantine.created_at)
            nowhere = col(Quarantine.location_id).is_(None) & (col(Quarantine.created_at) < whole)
            return select(Quarantine.id).where(or_(old, nowhere))
        case Kept.SESSION:
            return select(UserSession.id).where(col(UserSession.expires_at) < whole)


def invitations(db: Session, at: datetime) -> Any:
    """Links that stopped working as long ago as a session that ended."""
    days = min(_by_days(db, Kept.SESSION), default=SHIPPED[Kept.SESSION])
    return select(Invitation.id).where(col(Invitation.expires_at) < at - timedelta(days=days))


def forecast(db: Session, at: datetime, within: timedelta) -> dict[Kept, int]:
    """How many of each kind will have gone by then, those of today included."""
    return {kind: _count(db, overdue(db, kind, at + within)) for kind in Kept}


def _count(db: Session, found: Any) -> int:
    return db.exec(select(func.count()).select_from(found.subquery())).one()


def _by_days(db: Session, kind: Kept) -> Days:
    """Places by how long they keep this."""
    said, found = rows(db), defaultdict[int, list[str]](list)
    for place_id, path in db.exec(select(Location.id, Location.path)):
        found[days_at(path, kind, said)].append(place_id)
    return dict(found)


def _notes(terms: Days, at: datetime) -> Any:
    old = _long_ago(terms, at, FieldNote.location_id, FieldNote.held_at)
    return select(FieldNote.id).where(old, col(FieldNote.erased_at).is_(None))


def _long_ago(terms: Days, at: datetime, place: Any, moment: Any) -> ColumnElement[bool]:
    return or_(*_each(terms, at, place, moment))


def _each(terms: Days, at: datetime, place: Any, moment: Any) -> Iterator[ColumnElement[bool]]:
    for days, places in terms.items():
        yield col(place).in_(places) & (col(moment) < at - timedelta(days=days))
