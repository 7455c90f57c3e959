"""Somebody tells a customer that something will happen."""

from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.clock import today
from app.errors import Conflict, Fault, Forbidden, Invalid
from app.models.access import Actor, Permission
from app.models.action import queries as actions
from app.models.audit.noting import note as log
from app.models.field_note.table import FieldNote
from app.models.location.table import Location
from app.models.promise.schemas import PromiseDraft
from app.models.promise.table import Promise
from app.models.user.working import people_at


def make(db: Session, note: FieldNote, draft: PromiseDraft, *, by: Actor) -> Promise:
    """Of whoever makes it, unless somebody else is named. The same draft twice is one promise."""
    place = db.get_one(Location, note.location_id)
    if not may_make(by, note, place):
        raise Forbidden
    if known := db.get(Promise, draft.id):
        return _same(known, note, by)
    if faults := _faults(db, draft, note, place, by):
        raise Invalid(faults)
    made = Promise(
        **draft.model_dump() | {"owner_id": draft.owner_id or by.id},
        note_id=note.id,
        location_id=note.location_id,
        created_by_id=by.id,
        changed_by_id=by.id,
        version=1,
    )
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError:
        # The other tap of a double tap was first; PostgreSQL lets both come this far.
        return _same(db.get_one(Promise, draft.id), note, by)
    log(db, "promise.made", "field_note", note.id, by=by, at=note.location_id, promise=made.id)
    return made


def may_make(by: Actor, note: FieldNote, place: Location) -> bool:
    mine = by.id == note.author_id and by.may(Permission.RECORD_NOTE)
    return not note.declined and (mine or by.may(Permission.CHANGE_ACTION, at=place.path))


def proposed(note: FieldNote) -> str:
    """What was answered to "what did we promise you?", as a first text."""
    answer = note.answers.get("promise", {}).get("value")
    return answer if isinstance(answer, str) else ""


def works_at(db: Session, place: Location, user_id: str) -> bool:
    return user_id in {person.id for person in people_at(db, place)}


def day_fault(day: date) -> Fault | None:
    return ("promise.due_in_the_past", {}) if day < today() else None


def _same(known: Promise, note: FieldNote, by: Actor) -> Promise:
    if (known.note_id, known.created_by_id) != (note.id, by.id):
        raise Conflict("action.id_taken")
    return known


def _faults(
    db: Session, draft: PromiseDraft, note: FieldNote, place: Location, by: Actor
) -> dict[str, Fault]:
    faults: dict[str, Fault] = {}
    if fault := day_fault(draft.due_on):
        faults["due_on"] = fault
    if draft.id == note.id:
        faults["id"] = ("field.unknown_choice", {})
    if draft.owner_id and draft.owner_id != by.id and not works_at(db, place, draft.owner_id):
        faults["owner_id"] = ("field.unknown_choice", {})
    if draft.action_id and draft.action_id not in {
        action.id for action in actions.open_at(db, note.location_id)
    }:
        faults["action_id"] = ("field.unknown_choice", {})
    return faults
