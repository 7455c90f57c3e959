"""Keeps what phones said they hold, so that a note which never comes is missed by name; and lets a person settle it."""

from collections.abc import Sequence

from sqlmodel import Session, col, select, update

from app.clock import now
from app.errors import Invalid, NotFound
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.delivery import queries
from app.models.delivery.comparing import compare
from app.models.delivery.devices import meet
from app.models.delivery.schemas import ManifestEntry, NoteStateOut, Settlement, Why
from app.models.delivery.table import Announcement
from app.models.record import put_new


def announce(
    db: Session, entries: Sequence[ManifestEntry], *, phone_id: str | None, device: str, by: Actor
) -> list[NoteStateOut]:
    """The state of each, in order; what is not here yet is remembered under this phone. Without one: only asked."""
    states = compare(db, entries, by=by)
    if phone_id:
        waiting = [entry for entry, is_ in zip(entries, states, strict=True) if is_.state == "unknown"]
        met = meet(db, phone_id, name=device, by=by)
        met.unsent = len(waiting)
        met.oldest_at = min((entry.held_at for entry in waiting if entry.held_at), default=None)
        _remember(db, waiting, phone_id, by)
    return states


def _remember(db: Session, waiting: Sequence[ManifestEntry], phone_id: str, by: Actor) -> None:
    known = list(
        db.exec(select(Announcement).where(col(Announcement.note_id).in_([entry.id for entry in waiting])))
    )
    there = {one.note_id for one in known}
    fresh = [_row(entry, phone_id, by) for entry in waiting if entry.id not in there]
    put_new(db, Announcement, fresh)
    # Somebody gave it up, and yet a phone holds it.
    if found := [one.note_id for one in known if one.settled_at and one.user_id == by.id]:
        again = update(Announcement).where(col(Announcement.note_id).in_(found))
        db.exec(again.values(settled_at=None, settled_by_id=None, reason=""))


def _row(entry: ManifestEntry, phone_id: str, by: Actor) -> dict[str, object]:
    said = entry.model_dump(include={"safari_id", "kind", "sha256", "held_at"})
    return said | {"note_id": entry.id, "phone_id": phone_id, "user_id": by.id}


def settle(db: Session, note_id: str, settlement: Settlement, *, by: Actor) -> None:
    """This one does not come any more. NotFound when it is here meanwhile, settled, or not the actor's to see."""
    if settlement.why == Why.OTHER and not settlement.words:
        raise Invalid({"words": "delivery.words_missing"})
    seen = queries.not_arrived(by).where(col(Announcement.note_id) == note_id)
    announced = db.exec(seen.with_for_update(of=Announcement)).first()
    if announced is None:
        raise NotFound
    announced.settled_at, announced.settled_by_id = now(), by.id
    announced.reason = settlement.said
    log(db, "note.given_up", "field_note", note_id, by=by, why=settlement.why)
