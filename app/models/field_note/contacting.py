"""The customer who wants to hear back: name and number are opened one view at a time, and each view is written down."""

import base64
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from sqlmodel import Session, select

from app import sealing
from app.clock import now
from app.errors import Forbidden, NotFound
from app.models.access import Actor, Permission
from app.models.audit.noting import note as log
from app.models.field_note.schemas import CallBack
from app.models.field_note.table import Contact, FieldNote, NoteEdit
from app.models.location.table import Location


@dataclass(frozen=True, slots=True)
class Reach:
    """`name` may be empty; `reach` is a phone number or an e-mail address."""

    name: str
    reach: str


def may_open(actor: Actor, note: FieldNote, place: Location) -> bool:
    """Who made the note and still makes notes, whose call it is, and a manager of the place."""
    promised = actor.id == note.author_id and actor.may(Permission.RECORD_NOTE)
    return promised or actor.may(Permission.READ_CONTACT, at=place.path)


def sealed(note_id: str, call_back: CallBack) -> Contact:
    name = call_back.name
    return Contact(
        note_id=note_id,
        name=sealing.seal(name, place=_place(note_id, "name")) if name else None,
        reach=sealing.seal(call_back.reach, place=_place(note_id, "reach")),
    )


def replace(db: Session, note_id: str, call_back: CallBack) -> None:
    """That somebody was called already stays true."""
    fresh, known = sealed(note_id, call_back), db.get(Contact, note_id)
    if known is None:
        db.add(fresh)
    else:
        known.name, known.reach = fresh.name, fresh.reach


def add_or_seal(db: Session, note_id: str, call_back: CallBack) -> str | None:
    """Kept with the note when it has nobody yet; else None when it is the same, or sealed text to keep elsewhere."""
    known = db.get(Contact, note_id)
    if known is None:
        db.add(sealed(note_id, call_back))
        return None
    if opened(known) == Reach(call_back.name, call_back.reach):
        return None
    whole = sealing.seal(call_back.model_dump_json(), place=_place(note_id, "beside"))
    return base64.b64encode(whole).decode()


def unsealed(note_id: str, kept: str) -> CallBack:
    """What `add_or_seal` kept elsewhere."""
    return CallBack.model_validate_json(
        sealing.unseal(base64.b64decode(kept), place=_place(note_id, "beside"))
    )


def reveal(db: Session, note: FieldNote, *, by: Actor) -> Reach:
    """NotFound when nobody asked to be called, Forbidden when the call is not this actor's."""
    contact = _contact(db, note, by)
    log(db, "contact.viewed", "field_note", note.id, by=by, at=note.location_id)
    return opened(contact)


def names(db: Session, note_id: str) -> set[str]:
    """By which the customer is known, here and in versions beside the note: to look for elsewhere, never to show. None
    when the key is another by now."""
    contact = db.get(Contact, note_id)
    drafts = db.exec(select(NoteEdit.draft).where(NoteEdit.note_id == note_id))
    try:
        beside = [unsealed(note_id, kept) for draft in drafts if (kept := draft.get("call_back"))]
        found: list[Reach | CallBack] = [*([opened(contact)] if contact else []), *beside]
    except InvalidTag:
        return set()
    return {term for one in found for term in (one.name, one.reach) if term}


def opened(contact: Contact) -> Reach:
    """For who has checked who asks, and writes down that they did."""
    note_id = contact.note_id
    name = sealing.unseal(contact.name, place=_place(note_id, "name")) if contact.name else ""
    return Reach(name, sealing.unseal(contact.reach, place=_place(note_id, "reach")))


def call(db: Session, note: FieldNote, *, by: Actor) -> Contact:
    """Says that the customer was called; the first time counts."""
    contact = _contact(db, note, by)
    if contact.called_at is None:
        contact.called_at, contact.called_by_id = now(), by.id
        log(db, "contact.called", "field_note", note.id, by=by, at=note.location_id)
        db.flush()
    return contact


def _contact(db: Session, note: FieldNote, by: Actor) -> Contact:
    contact = db.get(Contact, note.id)
    if contact is None:
        raise NotFound
    if not may_open(by, note, db.get_one(Location, note.location_id)):
        raise Forbidden("contact.not_yours")
    return contact


def _place(note_id: str, column: str) -> str:
    return f"contact/{note_id}/{column}"
