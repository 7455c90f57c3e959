"""A customer's kind words reach the colleague they are about: when the customer agreed, and without a name."""

from sqlmodel import Session, select

from app.errors import Forbidden, Invalid
from app.models.access import Actor, Permission
from app.models.audit.noting import note as log
from app.models.compliment.schemas import ComplimentDraft
from app.models.compliment.table import Compliment
from app.models.field_note.quoting import picked
from app.models.field_note.table import FieldNote
from app.models.location.table import Location
from app.models.record import put_new
from app.models.user.working import people_at


def send_on(db: Session, note: FieldNote, draft: ComplimentDraft, *, by: Actor) -> None:
    """Twice is once: the same colleague gets the words of one customer one time."""
    place = db.exec(select(Location).where(Location.id == note.location_id)).one()
    if not by.may(Permission.LEAD_SAFARI, at=place.path):
        raise Forbidden
    quote = picked(note.answers, draft.quote, [])
    if quote is None or note.erased_at or not note.consent:
        raise Invalid({"quote": "action.quote_unknown"})
    if draft.to_id not in {person.id for person in people_at(db, place)}:
        raise Invalid({"to_id": "field.unknown_choice"})
    before = select(Compliment).where(Compliment.note_id == note.id, Compliment.to_id == draft.to_id)
    if db.exec(before).first():
        return
    kept = Compliment(
        note_id=note.id, to_id=draft.to_id, field=quote.field, quote=quote.text, sent_by_id=by.id
    )
    put_new(db, Compliment, [kept.model_dump()])
    log(db, "compliment.sent_on", "field_note", note.id, by=by, at=place.id, to=draft.to_id)
