"""Notes as a table: one row a note, a column a question, and one a choice where several may be true."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.export.table import BATCH, Column
from app.models.field_note.table import FieldNote, Tagging
from app.models.guide.table import GuideVersion, Question, QuestionKind
from app.models.location.table import Location
from app.models.tag.table import Tag
from app.models.user.table import User

STORED = (
    "id", "kind", "safari_id", "location_id", "author_id", "held_at", "consent", "declined",
    "effect", "channel", "nps", "sentiment", "headline", "answers",
)  # fmt: skip
SHOWN = (
    "id", "kind", "safari_id", "location_id", "location", "author_id", "author", "held_at", "consent", "declined",
    "effect", "channel", "nps", "sentiment", "headline",
)  # fmt: skip
Getter = Callable[["NoteRow"], Any]


@dataclass(slots=True)
class NoteRow:
    """STORED in order, then the names of place and author; `tags` by state."""

    id: str
    kind: str
    safari_id: str
    location_id: str
    author_id: str
    held_at: datetime
    consent: str
    declined: bool
    effect: str | None
    channel: str | None
    nps: int | None
    sentiment: str
    headline: str
    answers: dict[str, Any]
    location: str
    author: str
    tags: dict[str, list[str]]


def columns(db: Session) -> list[Column]:
    """Fixed columns, then every question that any guide ever asked, in the order in which they were first asked."""
    fixed = [Column(key, attrgetter(key)) for key in SHOWN]
    fixed += [Column(f"tags_{state}", _tags(state)) for state in ("accepted", "suggested")]
    fixed += [Column("quotes", _quotes), Column("text", _answer("text"))]
    return [*fixed, *_word_columns(db), *_question_columns(db)]


def _question_columns(db: Session) -> list[Column]:
    asked: dict[str, Question] = {}
    choices: dict[str, list[str]] = defaultdict(list)
    for question in db.exec(select(Question).order_by(col(Question.created_at), col(Question.position))):
        asked.setdefault(question.key, question)
        choices[question.key] += [c["key"] for c in question.choices if c["key"] not in choices[question.key]]
    found = []
    for key, question in asked.items():
        found.append(Column(f"answer.{key}", _answer(key)))
        if question.kind == QuestionKind.MULTIPLE:
            found += [Column(f"answer.{key}.{choice}", _chose(key, choice)) for choice in choices[key]]
        if question.kind == QuestionKind.OPEN:
            found.append(Column(f"answer.{key}.literal", _literal(key)))
    return found


def _word_columns(db: Session) -> list[Column]:
    words = {word["key"]: None for listed in db.exec(select(GuideVersion.quick_words)) for word in listed}
    return [
        Column("words", _answer("words")),
        *(Column(f"words.{word}", _chose("words", word)) for word in words),
    ]


def batches(db: Session, notes: SelectOfScalar[FieldNote]) -> Iterator[list[NoteRow]]:
    """Oldest first; one query more for each thousand notes, for their tags."""
    table = [getattr(FieldNote, name) for name in STORED]
    chosen = (
        notes.with_only_columns(*table, col(Location.name), col(User.name), maintain_column_froms=True)
        .join(Location, col(Location.id) == col(FieldNote.location_id))
        .join(User, col(User.id) == col(FieldNote.author_id))
        .order_by(None)
        .order_by(col(FieldNote.held_at), col(FieldNote.id))
    )
    for found in db.connection().execute(chosen.execution_options(yield_per=BATCH)).partitions():
        tags = _tags_of(db, [row[0] for row in found])
        yield [NoteRow(*row, tags.get(row[0], {})) for row in found]


def _tags_of(db: Session, note_ids: list[str]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    rows = db.exec(
        select(Tagging.note_id, Tagging.state, Tag.slug)
        .join(Tag, col(Tag.id) == col(Tagging.tag_id))
        .where(col(Tagging.note_id).in_(note_ids))
        .order_by(col(Tag.position), col(Tag.slug))
    )
    for note_id, state, slug in rows:
        found.setdefault(note_id, {}).setdefault(state, []).append(slug)
    return found


def _tags(state: str) -> Getter:
    return lambda row: row.tags.get(state, [])


def _quotes(row: NoteRow) -> list[str]:
    return [answer["value"] for name, answer in row.answers.items() if name.startswith("quote-")]


def _answer(key: str) -> Getter:
    return lambda row: row.answers[key]["value"] if key in row.answers else None


def _literal(key: str) -> Getter:
    return lambda row: row.answers[key].get("literal") if key in row.answers else None


def _chose(key: str, choice: str) -> Getter:
    return lambda row: choice in row.answers[key]["value"] if key in row.answers else None
