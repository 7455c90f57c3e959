"""A note as it is read: every question with its answer, and the words that each label rests on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from app.models.field_note.table import FieldNote, NoteKind, Tagging, TaggingState
from app.models.field_note.wording import is_words
from app.models.guide.queries import Outline
from app.models.guide.table import Question, QuestionKind
from app.models.record import Words


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the same labels rest on; `tags` are their ids, none for plain words."""

    text: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters start to end of a text, and the label that rests on them."""

    start: int
    end: int
    tag_id: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question with its answer. Exactly one of `pieces`, `choices`, `number` and `yes` says it; else nothing was
    answered. `question` is empty for what no question asked: a quote, or what was seen."""

    key: str
    kind: str
    question: Words = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    literal: bool = False
    choices: list[Words] = field(default_factory=list)
    number: int | None = None
    yes: bool | None = None

    @property
    def answered(self) -> bool:
        return bool(self.pieces or self.choices) or self.number is not None or self.yes is not None


def marked(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The text in pieces that together are the whole of it; marks may overlap, and what lies outside is ignored."""
    inside = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    edges = sorted({0, len(text)}.union(*({m.start, m.end} for m in inside)))
    return [
        Piece(text[start:end], frozenset(m.tag_id for m in inside if m.start <= start and end <= m.end))
        for start, end in pairwise(edges)
    ]


def lines(note: FieldNote, guide: Outline, taggings: Iterable[Tagging]) -> list[Line]:
    """In the guide's order, then the quotes; of an observation the chosen words, then the text."""
    marks: dict[str, list[Mark]] = {}
    for tagging in taggings:
        if tagging.state != TaggingState.REJECTED:
            for span in tagging.spans:
                marks.setdefault(span["field"], []).append(Mark(span["start"], span["end"], tagging.tag_id))
    found = _seen(note, guide, marks) if note.kind == NoteKind.OBSERVATION else _asked(note, guide, marks)
    return list(found)


Marks = Mapping[str, list[Mark]]


def _asked(note: FieldNote, guide: Outline, marks: Marks) -> Iterator[Line]:
    for question in guide.questions:
        yield _line(question, note.answers.get(question.key), marks)
    for name in sorted((n for n in note.answers if n.startswith("quote-")), key=lambda n: int(n[6:])):
        yield _words(name, "quote", note.answers[name], marks)


def _seen(note: FieldNote, guide: Outline, marks: Marks) -> Iterator[Line]:
    if chosen := note.answers.get("words"):
        yield Line("words", "words", choices=_named(guide.version.quick_words, chosen["value"]))
    if text := note.answers.get("text"):
        yield _words("text", "text", text, marks)


def _line(question: Question, answer: Mapping[str, Any] | None, marks: Marks) -> Line:
    key, kind = question.key, question.kind
    if answer is None:
        return Line(key, kind, question.text)
    value = answer["value"]
    if is_words(key, answer):
        return _words(key, kind, answer, marks, question.text)
    if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        return Line(key, kind, question.text, choices=_named(question.choices, value))
    if kind == QuestionKind.YES_NO:
        return Line(key, kind, question.text, yes=value)
    return Line(key, kind, question.text, number=value)


def _words(
    name: str, kind: str, answer: Mapping[str, Any], marks: Marks, question: Words | None = None
) -> Line:
    pieces = marked(answer["value"], marks.get(name, ()))
    return Line(name, kind, question or {}, pieces, literal=bool(answer.get("literal")))


def _named(choices: Iterable[Mapping[str, str]], value: str | list[str]) -> list[Words]:
    """The words of what was chosen, in the order in which they were offered."""
    chosen = [value] if isinstance(value, str) else value
    return [{k: v for k, v in choice.items() if k != "key"} for choice in choices if choice["key"] in chosen]
