"""How it went: the customer was called, was not reached, or we could not keep our word. Or somebody else takes over."""

from datetime import timedelta

from sqlmodel import Session

from app.clock import now, today
from app.errors import Conflict, Forbidden, Invalid
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note import contacting
from app.models.field_note.contacting import Reach
from app.models.field_note.table import Contact, FieldNote
from app.models.promise.making import day_fault, works_at
from app.models.promise.queries import is_theirs, place_of
from app.models.promise.schemas import HandOver, Outcome, OutcomeDraft
from app.models.promise.table import Promise, PromiseState
from app.models.record import put_new
from app.models.user.table import User

NEXT_TRY = timedelta(days=1)


def settle(db: Session, promise: Promise, draft: OutcomeDraft, *, by: Actor) -> Promise:
    """Sending the same outcome twice tells it once. Conflict when somebody else was first, Invalid when a promise is
    not kept and nobody says why."""
    _require(db, promise, by)
    if draft.outcome == Outcome.BROKEN and not draft.word:
        raise Invalid({"word": "promise.reason_missing"})
    if draft.again_on and (fault := day_fault(draft.again_on)):
        raise Invalid({"again_on": fault})
    kept = _locked(db, promise)
    open_still = draft.outcome == Outcome.NOT_REACHED
    wanted = PromiseState.OPEN if open_still else PromiseState(draft.outcome)
    if _again(db, kept, draft.version, by, same=kept.state == wanted):
        return kept
    kept.reason, kept.changed_by_id = draft.word, by.id
    kept.version += 1
    if open_still:
        kept.tries += 1
        kept.due_on = draft.again_on or today() + NEXT_TRY
    else:
        kept.state, kept.settled_at = wanted, now()
    contact = db.get(Contact, kept.note_id)
    if draft.outcome == Outcome.KEPT and contact:
        contacting.called(db, db.get_one(FieldNote, kept.note_id), contact, by=by)
    detail = {"promise": kept.id, "outcome": draft.outcome.value}
    log(db, "promise.settled", "field_note", kept.note_id, by=by, at=kept.location_id, **detail)
    db.flush()
    return kept


def call(db: Session, note: FieldNote, *, by: Actor) -> None:
    """Called from the note itself: the call that was asked for is done."""
    contacting.call(db, note, by=by)
    asked = db.get(Promise, note.id, with_for_update=True)
    if asked and asked.state == PromiseState.OPEN:
        asked.state, asked.settled_at, asked.changed_by_id = PromiseState.KEPT, now(), by.id
        asked.version += 1
        db.flush()


def hand_over(db: Session, promise: Promise, to: HandOver, *, by: Actor) -> Promise:
    """Invalid when that person does not work there."""
    _require(db, promise, by)
    if not works_at(db, place_of(db, promise), to.owner_id):
        raise Invalid({"owner_id": "field.unknown_choice"})
    kept = _locked(db, promise)
    if kept.owner_id == to.owner_id:
        return kept
    _again(db, kept, to.version, by, same=False)
    kept.owner_id, kept.changed_by_id = to.owner_id, by.id
    kept.version += 1
    detail = {"promise": kept.id, "to": to.owner_id}
    log(db, "promise.handed_over", "field_note", kept.note_id, by=by, at=kept.location_id, **detail)
    db.flush()
    return kept


def reveal(db: Session, promise: Promise, *, by: Actor) -> Reach:
    """Name and number, for whose promise it is and a manager; each view is written down."""
    _require(db, promise, by)
    return contacting.reveal(db, db.get_one(FieldNote, promise.note_id), by=by, theirs=True)


def is_elses(db: Session, note: FieldNote, by: Actor) -> bool:
    """Whether the call that was asked for went from who spoke with the customer to somebody else."""
    asked = db.get(Promise, note.id)
    return asked is not None and not is_theirs(by, asked, place_of(db, asked))


def reveal_of_note(db: Session, note: FieldNote, *, by: Actor) -> Reach:
    """As `reveal`, from the note itself."""
    if is_elses(db, note, by):
        raise Forbidden("contact.not_yours")
    return contacting.reveal(db, note, by=by)


def _require(db: Session, promise: Promise, by: Actor) -> None:
    if not is_theirs(by, promise, place_of(db, promise)):
        raise Forbidden("promise.not_yours")


def _locked(db: Session, promise: Promise) -> Promise:
    """Its row, which a call that a customer asked for gets only now."""
    if promise.version == 0:
        put_new(db, Promise, [promise.model_dump()])
    kept = db.get_one(Promise, promise.id)
    db.refresh(kept, with_for_update=True)
    return kept


def _again(db: Session, kept: Promise, seen: int, by: Actor, *, same: bool) -> bool:
    """The same thing sent twice. Conflict when it was changed otherwise since it was on the screen."""
    if kept.version == seen and kept.state == PromiseState.OPEN:
        return False
    if same and kept.version == seen + 1 and kept.changed_by_id == by.id:
        return True
    who = db.get(User, kept.changed_by_id or "")
    raise Conflict("promise.changed_meanwhile", who=who.name.split(" ")[0] if who else "")
