"""What on a note may be a rule in the way, for a person to name; and the newest notes where nobody did yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.field_note import queries as field_notes
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.quoting import Quote, Span, bounds, quote
from app.models.field_note.table import FieldNote
from app.models.field_note.wording import texts_of
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.rule.spotting import Spot, spotted
from app.models.rule.table import NoRule, RuleNote

LOOKED_AT = 60
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence that sounds like a rule in the way, marked where it does."""

    quote: Quote
    spot: Spot


def spots_in(answers: Mapping[str, Any]) -> Iterator[tuple[str, Spot]]:
    for name, text in texts_of(answers).items():
        for spot in spotted(text):
            yield name, spot


def marks_in(answers: Mapping[str, Any]) -> Iterator[Span]:
    return (Span(name, spot.start, spot.end) for name, spot in spots_in(answers))


def proposals(answers: Mapping[str, Any]) -> list[Proposal]:
    """In the order of the note."""
    found = []
    for name, spot in spots_in(answers):
        marks = [Span(name, spot.start, spot.end)]
        inside = [(s, e) for s, e in bounds(texts_of(answers)[name]) if s <= spot.start < e]
        if inside and (sentence := quote(answers, name, *inside[0], marks)):
            found.append(Proposal(sentence, spot))
    return found


def dismissed(db: Session, note_id: str) -> set[str]:
    """The picks of a note of which a person said that they are no rule."""
    return set(db.exec(select(NoRule.pick).where(NoRule.note_id == note_id)))


def still_open(db: Session, note: FieldNote) -> list[Proposal]:
    gone = dismissed(db, note.id)
    return [one for one in proposals(note.answers) if one.quote.pick not in gone]


@dataclass(frozen=True, slots=True)
class Maybe:
    """A note in which a rule may be in the way, that no rule knows yet."""

    note: FieldNote
    place: str
    proposal: Proposal


def unnamed(db: Session, actor: Actor, location: str | None = None) -> Sequence[Maybe]:
    """The newest notes with such a sentence, where the actor may name rules; at most eight."""
    there = ids_within(actor, Permission.CHANGE_ACTION)
    named = select(RuleNote.note_id)
    fresh = field_notes.matching(actor, FieldNoteFilter(location=location)).where(
        col(FieldNote.location_id).in_(there), ~col(FieldNote.declined), col(FieldNote.id).not_in(named)
    )
    newest = fresh.order_by(col(FieldNote.held_at).desc(), col(FieldNote.id).desc()).limit(LOOKED_AT)
    found: list[tuple[FieldNote, Proposal]] = []
    notes = db.exec(newest).all()
    no_rules = select(NoRule.note_id, NoRule.pick).where(col(NoRule.note_id).in_([note.id for note in notes]))
    gone = set(db.exec(no_rules).all())
    for note in notes:
        fits = (one for one in proposals(note.answers) if (note.id, one.quote.pick) not in gone)
        if first := next(fits, None):
            found.append((note, first))
            if len(found) == SHOWN:
                break
    at = {note.location_id for note, _ in found}
    names = dict(db.exec(select(Location.id, Location.name).where(col(Location.id).in_(at))).all())
    return [Maybe(note, names[note.location_id], proposal) for note, proposal in found]
