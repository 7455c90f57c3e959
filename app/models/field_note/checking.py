"""Does an answer fit its question? The guide's version is frozen, so what it asks is remembered."""

from typing import Any

from sqlmodel import Session

from app.errors import Fault, Invalid
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import NoteKind
from app.models.guide.queries import Outline, outline
from app.models.guide.table import Question, QuestionKind

MOST_QUOTES = 20


class _Outlines:
    """Versions never change, so they are read once for each process."""

    def __init__(self) -> None:
        self._known: dict[str, Outline] = {}

    def get(self, db: Session, version_id: str) -> Outline:
        if version_id not in self._known:
            self._known[version_id] = outline(db, version_id)
        return self._known[version_id]


outlines = _Outlines()


def check(draft: NoteDraft, guide: Outline) -> None:
    """Raises Invalid with a code for each answer that does not fit."""
    faults = (
        _observation_faults(draft, guide)
        if draft.kind == NoteKind.OBSERVATION
        else _interview_faults(draft, guide)
    )
    if faults:
        raise Invalid(dict(faults))


def _observation_faults(draft: NoteDraft, guide: Outline) -> dict[str, Fault]:
    known = {word["key"] for word in guide.version.quick_words}
    faults: dict[str, Fault] = {}
    for name, answer in draft.answers.items():
        fits = _is_text(answer.value) if name == "text" else name == "words" and _chosen(answer.value, known)
        if not fits:
            faults[f"answers.{name}"] = ("note.unknown_question", {})
    if not (draft.answers or draft.attachments or draft.effect):
        faults["answers.text"] = ("note.nothing_seen", {})
    return faults


def _interview_faults(draft: NoteDraft, guide: Outline) -> dict[str, Fault]:
    questions = {question.key: question for question in guide.questions}
    faults: dict[str, Fault] = {}
    for name, answer in draft.answers.items():
        if name.startswith("quote-"):
            fits = _is_text(answer.value) and int(name.removeprefix("quote-")) <= MOST_QUOTES
        else:
            fits = name in questions and _fits(answer.value, questions[name])
        if not fits:
            faults[f"answers.{name}"] = ("note.answer_does_not_fit", {})
    return faults


def _fits(value: Any, question: Question) -> bool:
    match question.kind:
        case QuestionKind.OPEN:
            return _is_text(value)
        case QuestionKind.SINGLE:
            return isinstance(value, str) and value in _keys(question)
        case QuestionKind.MULTIPLE:
            return _chosen(value, _keys(question))
        case QuestionKind.YES_NO:
            return isinstance(value, bool)
        case QuestionKind.SCALE:
            return type(value) is int and 0 <= value <= 10
        case QuestionKind.NUMBER:
            return type(value) is int and 0 <= value <= 100_000


def _keys(question: Question) -> set[str]:
    return {choice["key"] for choice in question.choices}


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _chosen(value: Any, known: set[str]) -> bool:
    return isinstance(value, list) and set(value) <= known and len(set(value)) == len(value)
