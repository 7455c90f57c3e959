"""How a label was meant, as a person says it: it counts instead of what was read, whatever is read later."""

from typing import Any

from sqlmodel import Session, select

from app.clock import now
from app.errors import NotFound
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note.schemas import Tone
from app.models.field_note.table import FieldNote, Tagging


def say_of(db: Session, note: FieldNote, tag_id: str, tone: Tone, *, by: Actor) -> None:
    there = select(Tagging).where(Tagging.note_id == note.id, Tagging.tag_id == tag_id)
    tagging = db.exec(there.with_for_update()).first()
    if tagging is None:
        raise NotFound
    say(db, note, tagging, tone, by=by)


def say(db: Session, note: FieldNote, tagging: Tagging, tone: Tone, *, by: Actor) -> None:
    """What was read is kept beside it, so that taking it back finds that. Said again by the same person is nothing."""
    if tone == Tone.AS_READ:
        if tagging.felt_by_id is None:
            return
        tagging.sentiment, tagging.read_sentiment = tagging.read_sentiment or tagging.sentiment, None
        tagging.felt_by_id, tagging.felt_at = None, None
        tagging.spans = [_as_read(span) for span in tagging.spans]
        verb = "tagging.felt_as_read"
    else:
        if (tagging.felt_by_id, tagging.sentiment) == (by.id, tone):
            return
        if tagging.felt_by_id is None:
            tagging.read_sentiment = tagging.sentiment
        tagging.sentiment, tagging.felt_by_id, tagging.felt_at = tone.value, by.id, now()
        tagging.spans = [_felt(span, tone) for span in tagging.spans]
        verb = "tagging.felt"
    log(db, verb, "field_note", note.id, by=by, at=note.location_id, tag=tagging.tag_id)
    db.flush()


def _felt(span: dict[str, Any], tone: Tone) -> dict[str, Any]:
    return span | {"sentiment": tone.value, "read": span.get("read", span.get("sentiment", ""))}


def _as_read(span: dict[str, Any]) -> dict[str, Any]:
    former = {name: value for name, value in span.items() if name != "read"}
    return former | {"sentiment": span["read"]} if "read" in span else former
