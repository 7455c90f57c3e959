"""What was told to customers, for who asks. Whoever may read a note may read what its customer was promised."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import day_of
from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.field_note import queries as notes
from app.models.field_note.table import Contact, FieldNote
from app.models.location.table import Location
from app.models.promise.filter import PromiseFilter
from app.models.promise.table import Promise, PromiseState

WITHIN = timedelta(days=7)
"""So soon somebody who asked to hear back hears from us, when nothing else was agreed."""


def visible_to(actor: Actor) -> SelectOfScalar[Promise]:
    readable = notes.visible_to(actor).with_only_columns(col(FieldNote.id))
    return select(Promise).where(col(Promise.note_id).in_(readable))


def matching(actor: Actor, only: PromiseFilter) -> SelectOfScalar[Promise]:
    """For JSON and export alike."""
    return only.narrow(visible_to(actor))


def get(db: Session, actor: Actor, promise_id: str) -> Promise:
    """The id of a note stands for the call that its customer asked for. NotFound when it is not the actor's to see."""
    found = db.exec(visible_to(actor).where(Promise.id == promise_id)).first()
    if found:
        return found
    note = notes.get(db, actor, promise_id)
    if contact := db.get(Contact, note.id):
        return call_asked(note, contact)
    raise NotFound


def call_asked(note: FieldNote, contact: Contact) -> Promise:
    """The call that a customer asked for, as long as nobody wrote anything about it: it is in no table yet."""
    return Promise(
        id=note.id,
        created_at=note.held_at,
        note_id=note.id,
        location_id=note.location_id,
        owner_id=note.author_id,
        due_on=day_of(note.held_at) + WITHIN,
        state=PromiseState.KEPT if contact.called_at else PromiseState.OPEN,
        settled_at=contact.called_at,
        created_by_id=note.author_id,
    )


def place_of(db: Session, promise: Promise) -> Location:
    return db.get_one(Location, promise.location_id)


def of_note(db: Session, note_id: str) -> Sequence[Promise]:
    """What this customer was told, beside the call itself; the oldest first."""
    told = select(Promise).where(Promise.note_id == note_id, Promise.text != "")
    return db.exec(told.order_by(col(Promise.created_at), col(Promise.id))).all()


def is_theirs(actor: Actor, promise: Promise, place: Location) -> bool:
    """Whose promise it is, as long as they work here, and a manager of the place."""
    owns = promise.owner_id == actor.id and actor.may(Permission.RECORD_NOTE)
    return owns or actor.may(Permission.READ_CONTACT, at=place.path)
