"""Promises, customers who want a call, and links of their own."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from app import sealing
from app.clock import new_id, now, today
from app.models.access import Actor
from app.models.action.table import ImprovementAction, Step
from app.models.field_note.table import Contact, FieldNote
from app.models.promise import linking, making
from app.models.promise.schemas import LinkDraft, PromiseDraft
from app.models.promise.table import CustomerLink, Promise, PublicPlace
from app.models.user.actors import digest
from tests.cast import Cast
from tests.makers_action import story

TOLD = "Iemand belt u deze week over de tekening."
NUMBER = "06 12345678"


def reachable(db: Session, place: str, author: str, **fields: Any) -> FieldNote:
    """A note whose customer wants to hear back."""
    note = story(db, place, author, consent="aan-de-balie-1", **fields)
    sealed = sealing.seal(NUMBER, place=f"contact/{note.id}/reach")
    db.add(Contact(note_id=note.id, reach=sealed))
    db.flush()
    return note


def promised(db: Session, note: FieldNote, by: Actor, *, due: date | None = None, **fields: Any) -> Promise:
    """`due` may be in the past, as days go by."""
    wanted = {"text": TOLD, "due_on": today() + timedelta(days=7)} | fields
    made = making.make(db, note, PromiseDraft.model_validate(wanted), by=by)
    made.due_on = due or made.due_on
    db.flush()
    return made


def linked(db: Session, note: FieldNote, by: Actor) -> str:
    """The token of a fresh link."""
    return linking.make(db, note, LinkDraft(agreed=True), by=by)


def told_and_linked(db: Session, note: FieldNote, action: ImprovementAction) -> dict[str, str]:
    """What Carla promised, and what its customer and everybody can see of the action, which is done."""
    link = new_id()
    promise = Promise(
        note_id=note.id,
        location_id=note.location_id,
        text="We bellen u morgen.",
        owner_id=Cast.carla,
        due_on=today(),
        version=1,
    )
    ends = now() + timedelta(days=1)
    own = CustomerLink(
        note_id=note.id,
        token_hash=digest(link),
        expires_at=ends,
    )
    db.add_all([promise, own, PublicPlace(location_id=note.location_id, slug="stadskantoor")])
    action.step = Step.DONE
    return {"promise_id": promise.id, "link": link, "slug": "stadskantoor"}
