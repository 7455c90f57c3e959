"""Customers who say the same, for tests about proposals."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from app.clock import now
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.proposal.shapes import Passage
from app.models.tag.table import Tag
from tests.makers_action import story

FEE = (
    "Ze vroeg € 35 voor één overboeking.",
    "35 euro voor een overboeking aan de balie, dat kan toch niet.",
    "Voor die overboeking rekenden jullie € 35,00.",
)
OTHERWISE = "Vijfendertig euro kwijt omdat ik het zelf niet kan overmaken."
ELSE = ("Het parkeren kost drie euro per uur.", "De leges voor een paspoort zijn weer hoger.")


def tag_id(db: Session, slug: str = "kosten") -> str:
    return db.exec(select(Tag.id).where(Tag.slug == slug)).one()


def said(db: Session, place: str, author: str, text: str, *, days_ago: int = 1, **fields: Any) -> FieldNote:
    """A customer's one sentence, with the label that it rests on."""
    label = {"slug": "kosten", "state": TaggingState.SUGGESTED, "tone": "negative"} | fields.pop("label", {})
    note = story(db, place, author, text, **fields)
    note.held_at = now() - timedelta(days=days_ago)
    spans = [{"field": "story", "start": 0, "end": len(text), "sentiment": label["tone"]}]
    db.add(
        Tagging(
            note_id=note.id,
            tag_id=tag_id(db, label["slug"]),
            state=label["state"],
            origin="lexicon",
            spans=spans,
        )
    )
    db.flush()
    return note


def the_fee(db: Session, place: str, author: str) -> list[FieldNote]:
    """Three customers who name one fee, the oldest first."""
    return [said(db, place, author, text, days_ago=12 - 3 * n) for n, text in enumerate(FEE)]


def key_of(note: FieldNote) -> str:
    return f"{note.id}.story.0"


def pick_of(note: FieldNote) -> str:
    return f"{note.id}/story:0-{len(note.answers['story']['value'])}"


def passage(
    number: int, text: str, *, tag: str = "kosten", tone: str = "critical", note: int | None = None
) -> Passage:
    """Sentence `number`, said a day after the one before; each by another customer unless `note` says who."""
    at = datetime.fromisoformat("2026-11-01T10:00:00Z") + timedelta(days=number)
    who = number if note is None else note
    return Passage(f"note-{who:02}", at, tag, tone, "story", 100 * number, 100 * number + len(text), text)
