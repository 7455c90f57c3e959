"""Labels nakijken: suggestions one by one, the least certain first, each with the sentence it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, literal, select, tuple_
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.queries import matching, visible_to
from app.models.field_note.showing import Line, Mark, marked
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.location.table import Location
from app.models.tag.reading.scoring import THRESHOLD
from app.models.tag.table import Tag
from app.models.user.table import User

AT_ONCE = 20
DOUBT = func.abs(col(Tagging.score) - THRESHOLD)
"""How far a score lies from where the tagger would rather say nothing."""
ENDS = ".!?…\n"
LONGEST = 600
"""Characters of context; a sentence without an end is cut around its evidence."""


@dataclass(frozen=True, slots=True)
class Item:
    """`line` is the sentence with the words marked that the suggestion rests on; `quotes` are those words; `felt_by` is
    who said how it was meant."""

    tagging: Tagging
    tag: Tag
    note: FieldNote
    place: str
    line: Line
    quotes: list[str]
    felt_by: str | None


def waiting(actor: Actor, only: FieldNoteFilter) -> SelectOfScalar[Tagging]:
    """What nobody decided yet about notes that the actor reads, for themes that are switched on; in no order."""
    notes = matching(actor, FieldNoteFilter(location=only.location)).with_only_columns(col(FieldNote.id))
    found = (
        select(Tagging)
        .join(Tag, col(Tag.id) == col(Tagging.tag_id))
        .where(Tagging.state == TaggingState.SUGGESTED, col(Tag.active), col(Tagging.note_id).in_(notes))
    )
    return found.where(Tag.slug == only.tag) if only.tag else found


def count(db: Session, actor: Actor, only: FieldNoteFilter | None = None) -> int:
    found = waiting(actor, only or FieldNoteFilter()).with_only_columns(col(Tagging.id)).subquery()
    return db.exec(select(func.count()).select_from(found)).one()


def items(
    db: Session, actor: Actor, only: FieldNoteFilter, *, past: str = "", limit: int = AT_ONCE
) -> list[Item]:
    """At most `limit`; `past` is the tagging that was looked at or skipped last."""
    found = _whole().where(col(Tagging.id).in_(waiting(actor, only).with_only_columns(col(Tagging.id))))
    if past and (score := db.exec(select(Tagging.score).where(Tagging.id == past)).first()) is not None:
        doubt = abs(score - THRESHOLD)
        found = found.where(tuple_(DOUBT, col(Tagging.id)) > tuple_(literal(doubt), literal(past)))
    rows = db.execute(found.order_by(DOUBT, col(Tagging.id)).limit(limit))
    return [_item(*row) for row in rows]


def one(db: Session, actor: Actor, tagging_id: str) -> Item | None:
    """A single suggestion, decided or not; None when it is not there or not the actor's."""
    seen = visible_to(actor).with_only_columns(col(FieldNote.id))
    row = db.execute(_whole().where(col(Tagging.id) == tagging_id, col(FieldNote.id).in_(seen))).first()
    return _item(*row) if row else None


def _whole() -> Select[Tagging, Tag, FieldNote, Location, str]:
    return (
        columns(Tagging, Tag, FieldNote, Location, col(User.name))
        .join(Tag, col(Tag.id) == col(Tagging.tag_id))
        .join(FieldNote, col(FieldNote.id) == col(Tagging.note_id))
        .join(Location, col(Location.id) == col(FieldNote.location_id))
        .outerjoin(User, col(User.id) == col(Tagging.felt_by_id))
    )


def _item(tagging: Tagging, tag: Tag, note: FieldNote, place: Location, felt_by: str | None) -> Item:
    spans = [span for span in tagging.spans if span["field"] in note.answers]
    field = spans[0]["field"] if spans else ""
    answer = note.answers.get(field, {"value": note.headline, "literal": note.headline_literal})
    text = answer["value"]
    marks = [Mark(s["start"], s["end"], tag.id) for s in spans if s["field"] == field]
    start, end = _around(text, marks)
    moved = [Mark(mark.start - start, mark.end - start, tag.id) for mark in marks]
    line = Line(field, "text", pieces=marked(text[start:end], moved), literal=bool(answer.get("literal")))
    quotes = [text[mark.start : mark.end] for mark in marks]
    return Item(tagging, tag, note, place.name, line, quotes, felt_by)


def _around(text: str, marks: list[Mark]) -> tuple[int, int]:
    """From the beginning of the first sentence with a mark to the end of the last."""
    if not marks:
        return 0, len(text)
    first, last = min(mark.start for mark in marks), max(mark.end for mark in marks)
    inside = [edges for edges in _sentences(text) if edges[0] < last and edges[1] > first]
    start, end = (inside[0][0], inside[-1][1]) if inside else (first, last)
    if end - start > LONGEST:
        start, end = max(start, first - LONGEST // 4), min(end, max(last, first + LONGEST // 2))
    return start, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each, without the blanks around it."""
    breaks = [at + 1 for at, sign in enumerate(text) if sign in ENDS and text[at + 1 : at + 2].strip() == ""]
    for start, end in pairwise(sorted({0, len(text), *breaks})):
        whole = text[start:end]
        if whole.strip():
            yield start + len(whole) - len(whole.lstrip()), start + len(whole.rstrip())
