"""Stories that can become an action."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlmodel import Session, col, select

from app.errors import Forbidden
from app.models.access import Actor, Permission
from app.models.action.marks import marks_of
from app.models.action.quoting import Quote, sentences
from app.models.field_note import queries as field_notes
from app.models.field_note.table import FieldNote
from app.models.guide.table import Question
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.safari.table import Safari

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a note in sentences; `asked` is the question it answers, None where none was asked."""

    field: str
    asked: Mapping[str, str] | None
    literal: bool
    quotes: Sequence[Quote]


@dataclass(frozen=True, slots=True)
class Story:
    passages: Sequence[Passage]
    preselected: Sequence[str]
    """Picks of the sentences that labels rest on, else of the first."""


def story(db: Session, note: FieldNote, tag_id: str | None = None) -> Story:
    """The note's sentences; with a tag, what that label rests on is chosen beforehand, else what any label does."""
    found = sentences(note.answers, marks_of(db, note.id, tag_id))
    questions = (
        select(Question.key, Question.text)
        .join(Safari, col(Safari.guide_version_id) == col(Question.version_id))
        .where(Safari.id == note.safari_id)
    )
    asked = dict(db.exec(questions).all())
    passages = [
        Passage(name, asked.get(name), note.answers[name].get("literal") is True, list(quotes))
        for name, quotes in groupby(found, key=lambda quote: quote.field)
    ]
    marked = [quote.pick for quote in found if quote.marked]
    return Story(passages, marked or [quote.pick for quote in found[:1]])


def place_for(db: Session, actor: Actor, note: FieldNote) -> Location:
    """Where its action would live; Forbidden when the actor may not make one there."""
    place = db.exec(select(Location).where(Location.id == note.location_id)).one()
    if not actor.may(Permission.CHANGE_ACTION, at=place.path):
        raise Forbidden
    return place


def newest(db: Session, actor: Actor) -> list[tuple[FieldNote, str]]:
    """Notes with words, newest first, where the actor may make actions; with the name of their place."""
    there = ids_within(actor, Permission.CHANGE_ACTION)
    visible = field_notes.visible_to(actor).where(
        FieldNote.headline != "", col(FieldNote.location_id).in_(there)
    )
    newest_first = visible.order_by(col(FieldNote.held_at).desc(), col(FieldNote.id).desc()).limit(SHOWN)
    notes = list(db.exec(newest_first))
    names = select(Location.id, Location.name).where(col(Location.id).in_({n.location_id for n in notes}))
    by_id = dict(db.exec(names).all())
    return [(note, by_id[note.location_id]) for note in notes]
