"""Notes as a table: one row a note, a column a question, and one a choice where several may be true."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Select, String, func, type_coerce
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor, Permission
from app.models.export import call_backs
from app.models.export.cells import Form, Kind
from app.models.export.table import Batch, Column, Lines, as_file, batches, stored
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.guide.table import GuideVersion, Question, QuestionKind
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.tag.table import Tag
from app.models.user.table import User

FIXED = [
    *map(stored, ("id", "kind", "safari_id", "location_id")),
    stored("location", Kind.TEXT),
    stored("author_id"),
    stored("author", Kind.TEXT),
    stored("held_at", Kind.MOMENT),
    stored("consent", Kind.TEXT),
    stored("declined", Kind.FLAG),
    stored("effect"),
    stored("channel", Kind.TEXT),
    *map(stored, ("nps", "sentiment")),
    stored("headline", Kind.TEXT),
    stored("tags_accepted", Kind.TEXT),
    stored("tags_suggested", Kind.TEXT),
]
KINDS = {
    QuestionKind.OPEN: Kind.TEXT,
    QuestionKind.MULTIPLE: Kind.LIST,
    QuestionKind.YES_NO: Kind.FLAG,
}


def write(
    db: Session, notes: SelectOfScalar[FieldNote], form: Form, *, by: Actor, personal: bool = False
) -> Lines:
    """A table of those notes that are at a place whose data this person may take along. `personal`: with name and
    number of who wants a call, for who may open those."""
    rows = _rows(in_order(exportable(notes, by)))
    found = _with_names(db, batches(db, rows))
    if not personal:
        return as_file(columns(db), found, form)
    return as_file([*columns(db), *call_backs.COLUMNS], call_backs.added(db, found, by=by), form)


def exportable(notes: SelectOfScalar[FieldNote], by: Actor) -> SelectOfScalar[FieldNote]:
    """Who recorded somewhere may read that note back, and yet not take it along."""
    return notes.where(col(FieldNote.location_id).in_(ids_within(by, Permission.EXPORT)))


def in_order(notes: SelectOfScalar[FieldNote]) -> SelectOfScalar[FieldNote]:
    """Place by place, oldest first: the order of an index, so that the first line need not wait for the last."""
    return notes.order_by(col(FieldNote.location_id), col(FieldNote.held_at), col(FieldNote.id))


def columns(db: Session) -> list[Column]:
    """Fixed columns, then what observations hold, then every question that any guide ever asked, in that order."""
    seen = [Column("quotes", _quotes, Kind.LIST), Column("text", _answer("text"), Kind.TEXT)]
    return [*FIXED, *seen, *_word_columns(db), *_question_columns(db)]


def _question_columns(db: Session) -> Iterator[Column]:
    asked: dict[str, list[Question]] = defaultdict(list)
    for question in db.exec(select(Question).order_by(col(Question.created_at), col(Question.position))):
        asked[question.key].append(question)
    for key, questions in asked.items():
        kinds = {question.kind for question in questions}
        own = KINDS.get(questions[0].kind, Kind.PLAIN) if len(kinds) == 1 else Kind.MIXED
        yield Column(f"answer.{key}", _answer(key), own)
        if QuestionKind.MULTIPLE in kinds:
            choices = chain.from_iterable(question.choices for question in questions)
            yield from _choice_columns(f"answer.{key}", key, choices)
        if QuestionKind.OPEN in kinds:
            yield Column(f"answer.{key}.literal", _literal(key), Kind.FLAG)


def _word_columns(db: Session) -> Iterator[Column]:
    versions = db.exec(select(GuideVersion.quick_words).order_by(col(GuideVersion.created_at)))
    yield Column("words", _answer("words"), Kind.LIST)
    yield from _choice_columns("words", "words", chain.from_iterable(versions))


def _choice_columns(prefix: str, key: str, choices: Iterable[dict[str, Any]]) -> Iterator[Column]:
    for choice in dict.fromkeys(choice["key"] for choice in choices):
        yield Column(f"{prefix}.{choice}", _chose(key, choice), Kind.FLAG)


def _rows(notes: SelectOfScalar[FieldNote]) -> Select[Any]:
    """Only what is shown, without joins, which would cost the index its order; enumerations stay text."""
    note = FieldNote
    ids = (note.id, note.safari_id, note.location_id, note.author_id)
    said = (note.effect, note.channel, note.nps, note.sentiment, note.headline, note.answers)
    return notes.with_only_columns(
        *map(col, (*ids, note.held_at, note.consent, note.declined, *said)),
        type_coerce(note.kind, String).label("kind"),
        _tags(TaggingState.ACCEPTED),
        _tags(TaggingState.SUGGESTED),
    )


def _with_names(db: Session, found: Iterable[dict[str, Sequence[Any]]]) -> Iterator[Batch]:
    places = dict(db.exec(select(Location.id, Location.name)).all())
    people = dict(db.exec(select(User.id, User.name)).all())
    for batch in found:
        batch["location"] = [places[place] for place in batch["location_id"]]
        batch["author"] = [people[person] for person in batch["author_id"]]
        yield batch


def _tags(state: TaggingState) -> Any:
    """The slugs of a note's tags in one cell, gathered by the database: that saves three rows a note."""
    return (
        select(func.aggregate_strings(col(Tag.slug), " | "))
        .join(Tagging, col(Tagging.tag_id) == col(Tag.id))
        .where(Tagging.note_id == FieldNote.id, Tagging.state == state)
        .correlate(FieldNote)
        .scalar_subquery()
        .label(f"tags_{state}")
    )


def _quotes(batch: Batch) -> Iterable[Any]:
    return [
        [answer["value"] for name, answer in answers.items() if name.startswith("quote-")]
        for answers in batch["answers"]
    ]


def _answer(key: str) -> Any:
    return lambda batch: [a[key]["value"] if key in a else None for a in batch["answers"]]


def _literal(key: str) -> Any:
    return lambda batch: [a[key].get("literal") if key in a else None for a in batch["answers"]]


def _chose(key: str, choice: str) -> Any:
    return lambda batch: [
        choice in a[key]["value"] if key in a and isinstance(a[key]["value"], list) else None
        for a in batch["answers"]
    ]
