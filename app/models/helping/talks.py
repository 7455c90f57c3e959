"""What was said before and after, one talk a customer, for many yardsticks in as many questions as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from app.models.field_note.table import FieldNote, NoteKind, Tagging, TaggingState
from app.models.guide.table import Question
from app.models.helping.table import OF_THEME, Hope, Yardstick
from app.models.tag.table import Tag

LOOKING_BACK = timedelta(weeks=12)
MOST_BEFORE = 200


@dataclass(frozen=True, slots=True)
class Talk:
    """`value`: 1 or 0 for named or chosen, else the score."""

    note_id: str
    held_at: datetime
    value: int


@dataclass(frozen=True, slots=True)
class Heard:
    before: Sequence[Talk]
    after: Sequence[Talk]


def heard(db: Session, yardsticks: Sequence[Yardstick]) -> dict[str, Heard]:
    """Yardstick id -> its talks in the order in which they were held."""
    if not yardsticks:
        return {}
    themes = [one for one in yardsticks if one.hope in OF_THEME]
    named, values = _named(db, themes), _answered(db, [one for one in yardsticks if one not in themes])
    held: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    rows = select(FieldNote.location_id, FieldNote.id, FieldNote.held_at).where(_within(yardsticks))
    for place, note_id, at in db.exec(rows.order_by(col(FieldNote.held_at), col(FieldNote.id))):
        held[place].append((note_id, at))
    return {one.id: _split(one, held[one.location_id], named, values) for one in yardsticks}


def _split(
    one: Yardstick,
    held: Iterable[tuple[str, datetime]],
    named: dict[str, set[str]],
    values: dict[str, dict[str, int]],
) -> Heard:
    if one.hope in OF_THEME:
        talks = [Talk(note_id, at, int(note_id in named[one.id])) for note_id, at in held]
    else:
        answers = values[one.id]
        talks = [Talk(note_id, at, answers[note_id]) for note_id, at in held if note_id in answers]
    first = one.before_until - LOOKING_BACK
    before = [talk for talk in talks if first <= talk.held_at < one.before_until]
    return Heard(before[-MOST_BEFORE:], [talk for talk in talks if talk.held_at >= one.counts_from])


def _within(yardsticks: Sequence[Yardstick]) -> Any:
    """Talks at their places that may count for one of them; who would rather not talk is no talk."""
    since = min(one.before_until for one in yardsticks) - LOOKING_BACK
    return and_(
        col(FieldNote.location_id).in_({one.location_id for one in yardsticks}),
        col(FieldNote.held_at) >= since,
        col(FieldNote.kind) == NoteKind.INTERVIEW,
        col(FieldNote.declined).is_(False),
        col(FieldNote.erased_at).is_(None),
    )


def _named(db: Session, themes: Sequence[Yardstick]) -> dict[str, set[str]]:
    """Yardstick -> the notes that name its theme in the way it asks; a merged theme counts where it went."""
    if not themes:
        return {}
    went = func.coalesce(Tag.merged_into_id, Tag.id)
    now = dict(db.exec(select(Tag.id, went).where(col(Tag.id).in_({one.tag_id for one in themes}))).all())
    found = (
        select(Tagging.tag_id, Tagging.note_id, Tagging.sentiment)
        .join(FieldNote, col(FieldNote.id) == col(Tagging.note_id))
        .where(_within(themes), col(Tagging.tag_id).in_(set(now.values())))
        .where(col(Tagging.state) != TaggingState.REJECTED)
    )
    notes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tag_id, note_id, mood in db.exec(found):
        notes[tag_id, mood].add(note_id)
        notes[tag_id, ""].add(note_id)
    mood_of = {Hope.LESS_NEGATIVE: "negative", Hope.MORE_POSITIVE: "positive", Hope.LESS_NAMED: ""}
    return {one.id: notes[now[one.tag_id or ""], mood_of[one.hope]] for one in themes}


def _answered(db: Session, asked: Sequence[Yardstick]) -> dict[str, dict[str, int]]:
    """Yardstick -> note -> the score, or whether a hoped-for answer was given. Who did not answer is not counted."""
    if not asked:
        return {}
    wanted = col(Question.id).in_({one.question_id for one in asked})
    keys = dict(db.exec(select(Question.id, Question.key).where(wanted)).all())
    found: dict[str, dict[str, int]] = {one.id: {} for one in asked}
    there = select(FieldNote.id, FieldNote.location_id, FieldNote.answers).where(_within(asked))
    for note_id, place, answers in db.exec(there):
        for one in asked:
            given = answers.get(keys[one.question_id or ""], {}).get("value")
            if one.location_id == place and given is not None:
                found[one.id][note_id] = _value(one, given)
    return found


def _value(one: Yardstick, given: Any) -> int:
    if one.hope == Hope.HIGHER:
        return int(given)
    said = {str(each).lower() if isinstance(each, bool) else each for each in _several(given)}
    return int(bool(said & set(one.choices)))


def _several(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]
