"""How often each theme was suggested, and what people said of it: numbers only, for who reads no words too."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.tag import queries
from app.models.tag.table import Tag, TagKind


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """`waiting` are suggestions nobody decided yet; `into` is what it was merged into."""

    tag: Tag
    waiting: int
    accepted: int
    rejected: int
    into: Tag | None


def theme_rows(db: Session) -> dict[TagKind, list[ThemeRow]]:
    """Both lists in their order, in two questions whatever there is."""
    states: dict[tuple[str, TaggingState], int] = defaultdict(int)
    counted = (
        select(Tagging.tag_id, Tagging.state, func.count())
        .join(FieldNote, col(FieldNote.id) == col(Tagging.note_id))
        .where(col(FieldNote.erased_at).is_(None))
        .group_by(col(Tagging.tag_id), col(Tagging.state))
    )
    for tag_id, state, count in db.exec(counted):
        states[tag_id, TaggingState(state)] = count
    tags = queries.every(db)
    by_id = {tag.id: tag for tag in tags}
    rows: dict[TagKind, list[ThemeRow]] = {kind: [] for kind in TagKind}
    for tag in tags:
        waiting, accepted, rejected = (states[tag.id, state] for state in TaggingState)
        into = by_id.get(tag.merged_into_id or "")
        rows[tag.kind].append(ThemeRow(tag, waiting, accepted, rejected, into))
    return rows
