"""What customers say about the themes of goals, a quarter at a time: counts, never one figure for all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from app.clock import begin_of, day_of
from app.models.field_note.table import FieldNote, NoteKind, Tagging, TaggingState
from app.models.goal.table import Goal
from app.models.location.table import Location
from app.models.tag.table import Tag

QUARTERS = 3
FEWEST = 5
"""With fewer talks in a quarter, how many of them said something would point at somebody."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """Of `talks` customers, so many named one of the themes as a burden, or with pleasure."""

    year: int
    number: int
    talks: int
    negative: int
    positive: int

    @property
    def tellable(self) -> bool:
        return self.talks >= FEWEST


def quarters(
    db: Session, goals: Sequence[Goal], themes: Mapping[str, Sequence[Tag]], today: date
) -> dict[str, list[Quarter]]:
    """Goal id -> its last quarters, the newest first; two questions for all goals. A place counts all below it."""
    wanted = [goal for goal in goals if themes.get(goal.id)]
    if not wanted:
        return {}
    names = _last(today)
    since = begin_of(date(names[-1][0], names[-1][1] * 3 - 2, 1))
    talks = db.exec(
        select(FieldNote.id, FieldNote.held_at, Location.path)
        .join(Location, col(Location.id) == col(FieldNote.location_id))
        .where(FieldNote.kind == NoteKind.INTERVIEW, col(FieldNote.held_at) >= since)
        .where(col(FieldNote.declined).is_(False), col(FieldNote.erased_at).is_(None))
    ).all()
    tag_ids = {tag.merged_into_id or tag.id for found in themes.values() for tag in found}
    labels = (
        select(Tagging.tag_id, Tagging.sentiment, Tagging.note_id)
        .join(FieldNote, col(FieldNote.id) == col(Tagging.note_id))
        .where(col(Tagging.tag_id).in_(tag_ids), Tagging.state != TaggingState.REJECTED)
        .where(col(FieldNote.held_at) >= since)
    )
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tag_id, mood, note_id in db.exec(labels):
        said[tag_id, mood].add(note_id)
    told = {}
    for goal in wanted:
        own = {tag.merged_into_id or tag.id for tag in themes[goal.id]}
        held: dict[tuple[int, int], set[str]] = defaultdict(set)
        for note_id, at, path in talks:
            if goal.location_id in path:
                held[_quarter(day_of(at))].add(note_id)
        moods = [set().union(*(said[tag, mood] for tag in own)) for mood in ("negative", "positive")]
        told[goal.id] = [
            Quarter(*name, len(held[name]), *(len(held[name] & mood) for mood in moods)) for name in names
        ]
    return told


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _last(today: date) -> list[tuple[int, int]]:
    found, day = [], today
    for _ in range(QUARTERS):
        year, number = _quarter(day)
        found.append((year, number))
        day = date(year, number * 3 - 2, 1) - timedelta(days=1)
    return found
