"""A note as JSON: everything that was said, with its tags and the words they rest on; never whom to call back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, Field
from sqlmodel import Session, col, select

from app.models.field_note.table import FieldNote, NoteKind, Tagging, TaggingState
from app.models.tag.table import Tag


class EvidenceOut(BaseModel):
    """Characters `start` up to `end` of that field of the answers."""

    field: str
    start: int
    end: int
    text: str
    sentiment: str = "neutral"


class TaggingOut(BaseModel):
    tag_id: str
    slug: str
    state: TaggingState
    origin: str
    score: float
    sentiment: str
    why: str
    evidence: list[EvidenceOut]
    decided_by_id: str | None
    decided_at: datetime | None
    felt_by_id: str | None = Field(
        default=None, description="Who said how it was meant; else it was read so."
    )
    felt_at: datetime | None = None


class AttachmentOut(BaseModel):
    """A photo or voice note that belongs to it, here or still on its way. `size` in bytes, as sent."""

    sha256: str
    kind: str
    size: int
    media_type: str


class NoteOut(BaseModel):
    """`answers` go by the guide's question keys: {key: {"value": ..., "literal": true when word for word}}."""

    id: str
    safari_id: str
    location_id: str
    author_id: str
    kind: NoteKind
    revision: int
    held_at: datetime
    consent: str
    declined: bool
    effect: str | None
    channel: str | None
    nps: int | None
    sentiment: str
    headline: str
    headline_literal: bool
    answers: dict[str, Any]
    attachments: list[AttachmentOut]
    taggings: list[TaggingOut]

    @classmethod
    def of(cls, note: FieldNote, taggings: Iterable[TaggingOut]) -> Self:
        stored = note.model_dump(exclude={"announced"})
        return cls.model_validate(stored | {"attachments": note.announced, "taggings": list(taggings)})


def shown(db: Session, notes: Sequence[FieldNote]) -> list[NoteOut]:
    """All of them, in one question for their tags."""
    answers = {note.id: note.answers for note in notes}
    rows = db.exec(
        select(Tagging, Tag.slug)
        .join(Tag, col(Tag.id) == col(Tagging.tag_id))
        .where(col(Tagging.note_id).in_(answers))
        .order_by(col(Tag.position), col(Tag.slug))
    )
    tags: dict[str, list[TaggingOut]] = {}
    for tagging, slug in rows:
        tags.setdefault(tagging.note_id, []).append(_tagging(tagging, slug, answers[tagging.note_id]))
    return [NoteOut.of(note, tags.get(note.id, [])) for note in notes]


def _tagging(tagging: Tagging, slug: str, answers: dict[str, Any]) -> TaggingOut:
    evidence = [span | {"text": _said(answers, **span)} for span in tagging.spans]
    return TaggingOut.model_validate(tagging.model_dump() | {"slug": slug, "evidence": evidence})


def _said(answers: dict[str, Any], *, field: str, start: int, end: int, **_: Any) -> str:
    return str(answers.get(field, {}).get("value", ""))[start:end]
