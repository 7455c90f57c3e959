"""Whose notes are these? By name, number or e-mail address, opened one by one and never kept; or by a note's code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.audit.noting import note as log
from app.models.field_note import contacting
from app.models.field_note.table import Contact, FieldNote
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.privacy.requesting import code_of
from app.models.privacy.table import PrivacyRequest

CODE = re.compile(r"([0-9a-f]{4})-?([0-9a-f]{4})")
AT_ONCE = 200
LEAST = 3


@dataclass(frozen=True, slots=True)
class Match:
    """All that somebody who reads no stories may know of one."""

    note_id: str
    code: str
    kind: str
    held_at: datetime
    place: str


def search(db: Session, request: PrivacyRequest, wanted: str, *, by: Actor) -> list[Match]:
    """The note that the request is about, and what else fits. How many were opened for it is written down."""
    places = ids_within(by, Permission.MANAGE_PRIVACY)
    ids = {request.note_id} if request.note_id else set()
    opened = 0
    if found := CODE.fullmatch(wanted.strip().lower()):
        ends = col(FieldNote.id).endswith(found[1] + found[2])
        ids |= set(db.exec(select(FieldNote.id).where(ends, col(FieldNote.location_id).in_(places))))
    elif len(wanted.strip()) >= LEAST:
        theirs, opened = _by_contact(db, wanted, places)
        ids |= theirs
    log(
        db,
        "privacy.searched",
        "privacy_request",
        request.id,
        by=by,
        at=request.location_id,
        opened=opened,
        found=len(ids),
    )
    return matches(db, sorted(filter(None, ids)))


def matches(db: Session, ids: Sequence[str]) -> list[Match]:
    rows = db.exec(
        select(FieldNote.id, FieldNote.kind, FieldNote.held_at, Location.name)
        .join(Location, col(Location.id) == col(FieldNote.location_id))
        .where(col(FieldNote.id).in_(ids), col(FieldNote.erased_at).is_(None))
        .order_by(col(FieldNote.held_at), col(FieldNote.id))
    )
    return [Match(note_id, code_of(note_id), kind, held_at, place) for note_id, kind, held_at, place in rows]


def _by_contact(db: Session, wanted: str, places: object) -> tuple[set[str], int]:
    """As a stream, so that never more than a page of names is open at once."""
    sealed = (
        select(Contact)
        .join(FieldNote, col(FieldNote.id) == col(Contact.note_id))
        .where(col(FieldNote.location_id).in_(places), col(FieldNote.erased_at).is_(None))  # type: ignore[arg-type]
    )
    found: set[str] = set()
    opened = 0
    for contact in db.exec(sealed.execution_options(yield_per=AT_ONCE)):
        opened += 1
        try:
            reach = contacting.opened(contact)
        except InvalidTag:
            continue
        if fits(wanted, reach.name, reach.reach):
            found.add(contact.note_id)
    return found, opened


def fits(wanted: str, name: str, reach: str) -> bool:
    """A number by its last nine digits, however it is written; an address whole; a name by any part of it."""
    digits = re.sub(r"\D", "", wanted)
    if "@" in wanted:
        return wanted.strip().casefold() == reach.strip().casefold()
    if len(digits) >= 8:
        return re.sub(r"\D", "", reach)[-9:] == digits[-9:] and "@" not in reach
    return wanted.strip().casefold() in name.casefold()
