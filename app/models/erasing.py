"""A note goes for good, and with it its words from everything that was made of them."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, delete

from app.clock import now
from app.models.access import Actor
from app.models.action.table import Evidence
from app.models.attachment import dropping
from app.models.audit.noting import note as log
from app.models.consent.table import Consent
from app.models.delivery.table import Quarantine
from app.models.field_note import contacting
from app.models.field_note.table import Contact, FieldNote, NoteEdit, PendingReading, Tagging, Tombstone
from app.models.privacy import scrubbing
from app.models.proposal import forgetting as proposals
from app.models.record import put_new
from app.models.rule import forgetting as rules
from app.models.tag.learned import unlearn

ROWS: dict[str, Any] = {
    "quotes": Evidence,
    "labels": Tagging,
    "versions": NoteEdit,
    "contacts": Contact,
    "set_apart": Quarantine,
    "consents": Consent,
}


def erase(db: Session, note: FieldNote, *, by: Actor, known_as: Iterable[str] = ()) -> dict[str, int]:
    """What stays is that there was a note, when and where; its id never comes back. Twice is once.

    Actions, rules and proposals lose its quotes and count one customer less; what was learned is learned anew.
    `known_as` are names and numbers to blot out of what employees typed, beside those of whom to call back. Gives how
    much of each kind went.
    """
    if note.erased_at:
        return {}
    names = {*known_as, *contacting.names(db, note.id)}
    typed = scrubbing.scrub(db, note, names, scrubbing.sentences_of(note))
    counts = {"notes": 1, "typed": typed, "rules": rules.forget(db, note.id)}
    proposals.forget(db, note.id)
    for kind, table in ROWS.items():
        counts[kind] = db.exec(delete(table).where(col(table.note_id) == note.id)).rowcount
    db.exec(delete(PendingReading).where(col(PendingReading.note_id) == note.id))
    counts["files"] = dropping.drop(db, note.id)
    unlearn(db)
    note.answers, note.announced, note.headline, note.headline_literal = {}, [], "", False
    note.nps = note.effect = note.channel = None
    note.sentiment, note.consent, note.erased_at = "neutral", "", now()
    put_new(db, Tombstone, [{"note_id": note.id, "at": now(), "by_id": by.id, "reason": ""}])
    log(db, "note.erased", "field_note", note.id, by=by, at=note.location_id)
    db.flush()
    return counts
