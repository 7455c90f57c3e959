"""Suggests tags for a note, and keeps what people decide about them. A person's decision is never overruled."""

from collections.abc import Container
from hashlib import sha256
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.clock import new_id, now
from app.errors import Invalid, NotFound
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.field_note.wording import texts_of
from app.models.record import put
from app.models.tag.learning.suggesting import suggest
from app.models.tag.meaning.sensing import Sense
from app.models.tag.reader import reader_for
from app.models.tag.reading import Reading, Voice
from app.models.tag.table import Tag

ACTIVE = select(Tag.slug, Tag.id).where(col(Tag.active))
VOICES = {
    "hindrance": Voice(feeling=0.5),
    "advice": Voice(themes=0.6, feeling=0.3),
    "promise": Voice(themes=0.6, feeling=0.3),
}


def read_note(db: Session, answers: dict[str, Any], sense: Sense | None = None) -> tuple[Reading, str]:
    """What the note's own words suggest, by the organisation's own words for themes and what its people decided, with
    `sense`, which is slow, by their meaning too; and the version of what it was read with."""
    reader = reader_for(db)
    reading = suggest(texts_of(answers), reader.lexicon, reader.model, VOICES, sense)
    return reading, version_with(reader.version, sense)


def version_with(version: str, sense: Sense | None) -> str:
    """By meaning the same words are read in another way; still 16 characters."""
    return sha256(f"{version} {sense.encoder.name}".encode()).hexdigest()[:16] if sense else version


def keep(db: Session, note_id: str, reading: Reading, *, but: Container[str] = ()) -> None:
    """Writes the suggestions whose tag exists and is switched on, leaving out those tags."""
    if not reading.suggestions:
        return
    ids = {row.slug: row.id for row in db.connection().execute(ACTIVE)}
    rows = [
        {
            "id": new_id(),
            "created_at": now(),
            "note_id": note_id,
            "tag_id": ids[suggestion.slug],
            "state": TaggingState.SUGGESTED,
            "origin": suggestion.origin,
            "score": round(suggestion.score, 3),
            "sentiment": suggestion.sentiment,
            "why": suggestion.why,
            "spans": [
                {"field": s.field, "start": s.start, "end": s.end, "sentiment": s.sentiment}
                for s in suggestion.spans
            ],
        }
        for suggestion in reading.suggestions
        if suggestion.slug in ids and ids[suggestion.slug] not in but
    ]
    if rows:
        put(db, Tagging, rows)


def renew(db: Session, note: FieldNote, former: dict[str, Any], reading: Reading) -> None:
    """Suggests anew from other words. What people decided stays, on the same words where they still stand."""
    # Locked: on PostgreSQL somebody may be deciding about one of them at this very moment.
    every = select(Tagging).where(Tagging.note_id == note.id).with_for_update()
    decided = [t for t in db.exec(every) if _settled(db, t)]
    db.flush()
    for tagging in decided:
        tagging.spans = [there for s in tagging.spans if (there := _found_again(s, former, note.answers))]
    keep(db, note.id, reading, but={tagging.tag_id for tagging in decided})


def _settled(db: Session, tagging: Tagging) -> bool:
    """What nobody touched goes; who said how it was meant has touched it too."""
    if tagging.state == TaggingState.SUGGESTED and tagging.felt_by_id is None:
        db.delete(tagging)
        return False
    return True


def _found_again(
    span: dict[str, Any], former: dict[str, Any], answers: dict[str, Any]
) -> dict[str, Any] | None:
    """The same words in the new text of that field; None when they are gone."""
    field, start, end = span["field"], span["start"], span["end"]
    words = texts_of(former).get(field, "")[start:end]
    text = texts_of(answers).get(field, "")
    if not words or words not in text:
        return None
    at = start if text[start:end] == words else text.index(words)
    return span | {"start": at, "end": at + len(words)}


def decide(db: Session, note: FieldNote, tag_id: str, state: TaggingState, *, by: Actor) -> Tagging:
    """Accepts, rejects, or (SUGGESTED) takes a decision back. A tag that a person added and takes back is gone."""
    tagging = db.exec(select(Tagging).where(Tagging.note_id == note.id, Tagging.tag_id == tag_id)).first()
    if tagging is None:
        raise NotFound
    tagging.state = state
    undone = state == TaggingState.SUGGESTED
    tagging.decided_by_id, tagging.decided_at = (None, None) if undone else (by.id, now())
    if undone and tagging.origin == "person":
        db.delete(tagging)
    log(db, f"tagging.{state}", "field_note", note.id, by=by, at=note.location_id, tag=tag_id)
    db.flush()
    return tagging


def add(db: Session, note: FieldNote, tag_id: str, *, by: Actor) -> Tagging:
    """A person's own tag: accepted at once; adding one that was suggested accepts it."""
    tag = db.get(Tag, tag_id)
    if tag is None or not tag.active:
        raise Invalid({"tag_id": "field.enum"})
    there = select(Tagging).where(Tagging.note_id == note.id, Tagging.tag_id == tag_id)
    if db.exec(there).first() is not None:
        return decide(db, note, tag_id, TaggingState.ACCEPTED, by=by)
    tagging = Tagging(note_id=note.id, tag_id=tag_id, state=TaggingState.ACCEPTED, origin="person")
    tagging.sentiment, tagging.decided_by_id, tagging.decided_at = note.sentiment, by.id, now()
    try:
        with db.begin_nested():
            db.add(tagging)
    except IntegrityError:
        # The other tap of a double tap was first; PostgreSQL lets both come this far.
        return db.exec(there).one()
    log(db, "tagging.added", "field_note", note.id, by=by, at=note.location_id, tag=tag_id)
    db.flush()
    return tagging
