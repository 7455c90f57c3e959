"""Many notes at once, as rows, for tests and figures about size."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, select

from app.clock import new_id, now
from app.models.field_note.table import FieldNote, NoteKind, Tagging, TaggingState
from app.models.safari.table import Safari
from app.models.tag.table import Tag

SENTENCE = 'Ik moest een half uur wachten; toen zei ze: "dat mag ik niet", maar ze was wel vriendelijk. '


def answers_of(number: int, characters: int = 1200) -> dict[str, Any]:
    return {
        "story": {"value": (SENTENCE * (characters // len(SENTENCE) + 1))[:characters], "literal": True},
        "moment": {"value": "counter"},
        "obstacle": {"value": "=de wet, zei ze", "literal": False},
        "nps": {"value": number % 11},
        "quote-1": {"value": "Dat is niet mijn afdeling.", "literal": True},
    }


def many_notes(db: Session, safari: Safari, number: int, *, characters: int = 1200) -> None:
    """Interviews, each with two suggested tags and one accepted."""
    tags = list(db.exec(select(Tag.id).limit(3)))
    for start in range(0, number, 2000):
        notes = [_note(safari, n, characters) for n in range(start, min(start + 2000, number))]
        db.execute(insert(FieldNote), notes)
        db.execute(insert(Tagging), [_tagging(note, tag, n) for note in notes for n, tag in enumerate(tags)])


def _note(safari: Safari, number: int, characters: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "created_at": now(),
        "safari_id": safari.id,
        "location_id": safari.location_id,
        "author_id": safari.leader_id,
        "kind": NoteKind.INTERVIEW,
        "held_at": now() - timedelta(minutes=number),
        "consent": "aan-de-balie-1",
        "answers": answers_of(number, characters),
        "headline": "Dat is niet mijn afdeling.",
        "headline_literal": True,
        "sentiment": "negative",
        "channel": "counter",
        "nps": number % 11,
    }


def _tagging(note: dict[str, Any], tag_id: str, number: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "created_at": now(),
        "note_id": note["id"],
        "tag_id": tag_id,
        "state": TaggingState.SUGGESTED if number else TaggingState.ACCEPTED,
        "origin": "lexicon",
        "score": 0.85,
        "sentiment": "negative",
        "spans": [{"field": "story", "start": 0, "end": 31, "sentiment": "negative"}],
    }
