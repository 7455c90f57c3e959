"""Did it help? What an action's page says of it, and what a safari should listen for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.action.quoting import Quote, Span, sentences
from app.models.action.table import Evidence, ImprovementAction
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.guide import queries as guides
from app.models.guide.table import Question, QuestionKind
from app.models.helping import judging
from app.models.helping.judging import Outcome
from app.models.helping.table import MORE, OF_THEME, Hope, Yardstick
from app.models.location.table import Location
from app.models.record import Words
from app.models.tag import queries as tags
from app.models.tag.table import Tag

MOST_QUOTES = 2


@dataclass(frozen=True, slots=True)
class Voice:
    """Words from a talk after the change."""

    note_id: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Told:
    """`about` is the theme or the question; `hoped` and `otherwise` are talks after, on either side."""

    outcome: Outcome
    about: Words
    choices: Sequence[Words]
    place: str
    hoped: Sequence[Voice]
    otherwise: Sequence[Voice]


def told(db: Session, actor: Actor, action: ImprovementAction) -> Told | None:
    """None when nothing was chosen to listen for. Words are for who may read stories at that place."""
    outcome = judging.outcomes(db, [action.id]).get(action.id)
    if outcome is None:
        return None
    one = outcome.yardstick
    place = db.get_one(Location, one.location_id)
    readable = actor.may(Permission.READ_NOTE, at=place.path)
    hoped, otherwise = _voices(db, outcome) if readable else ([], [])
    return Told(outcome, *_about(db, one), place.name, hoped, otherwise)


def _about(db: Session, one: Yardstick) -> tuple[Words, list[Words]]:
    if one.tag_id:
        return db.get_one(Tag, one.tag_id).name, []
    question = db.get_one(Question, one.question_id)
    words: list[Words] = [choice for choice in question.choices if choice["key"] in one.choices]
    if question.kind == QuestionKind.YES_NO:
        words = [
            {"true": {"nl": "ja", "en": "yes"}, "false": {"nl": "nee", "en": "no"}}[key]
            for key in one.choices
        ]
    return question.text, words


def _voices(db: Session, outcome: Outcome) -> tuple[list[Voice], list[Voice]]:
    """The newest first. Of a theme: what was said of it; of a question: the sentence that heads the talk."""
    one, talks = outcome.yardstick, {talk.note_id: talk.value for talk in outcome.heard.after}
    if not talks:
        return [], []
    notes = select(FieldNote).where(col(FieldNote.id).in_(talks)).order_by(col(FieldNote.held_at).desc())
    spans = _spans(db, one, list(talks)) if one.hope in OF_THEME else {}
    found: dict[bool, list[Voice]] = {True: [], False: []}
    for note in db.exec(notes):
        good, quote = _said(one, note, talks[note.id], spans.get(note.id))
        if quote and len(found[good]) < MOST_QUOTES:
            found[good].append(Voice(note.id, quote))
    return found[True], found[False]


def _said(one: Yardstick, note: FieldNote, value: int, label: Tagging | None) -> tuple[bool, Quote | None]:
    marks = [Span(s["field"], s["start"], s["end"]) for s in label.spans] if label else []
    quotes = sentences(note.answers, marks)
    if one.hope in OF_THEME:
        good = label is not None and label.sentiment == "positive"
        return good, next((quote for quote in quotes if quote.marked), None)
    good = value >= 8 if one.hope == Hope.HIGHER else bool(value) == (one.hope in MORE)
    return good, next((quote for quote in quotes if quote.text in note.headline), None)


def _spans(db: Session, one: Yardstick, note_ids: list[str]) -> dict[str, Tagging]:
    tag = db.get_one(Tag, one.tag_id)
    labels = select(Tagging).where(
        Tagging.tag_id == (tag.merged_into_id or tag.id),
        col(Tagging.note_id).in_(note_ids),
        col(Tagging.state) != TaggingState.REJECTED,
    )
    return {label.note_id: label for label in db.exec(labels)}


def listen_for(db: Session, location_id: str) -> list[str]:
    """Titles of actions of which the next talks at this place tell whether they helped."""
    waiting = [one.yardstick.action_id for one in judging.undecided_at(db, location_id)]
    titles = select(ImprovementAction.title).where(col(ImprovementAction.id).in_(waiting))
    return list(db.exec(titles.order_by(col(ImprovementAction.id)))) if waiting else []


def to_choose(db: Session, actor: Actor, action: ImprovementAction) -> dict[str, list[Any]]:
    """Themes, those of its own evidence first, and the closed questions of the guides in use."""
    near = select(Tagging.tag_id).join(Evidence, col(Evidence.note_id) == col(Tagging.note_id))
    own = set(db.exec(near.where(Evidence.action_id == action.id, Tagging.state != TaggingState.REJECTED)))
    themes = sorted(tags.active(db), key=lambda tag: tag.id not in own)
    closed: dict[str, Question] = {}
    for outline in guides.with_questions(db, guides.in_use(db)):
        for question in outline.questions:
            if question.kind not in (QuestionKind.OPEN, QuestionKind.NUMBER):
                closed.setdefault(question.key, question)
    return {"themes": themes, "questions": list(closed.values())}
