"""Notes as rows of a list; as many questions for 50 rows as for one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.queries import matching, page, visible_to
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.location.queries import tree
from app.models.location.table import Location
from app.models.paging import Page
from app.models.record import Words
from app.models.tag.table import Tag
from app.models.user.table import User


@dataclass(frozen=True, slots=True)
class Row:
    """`accepted` are names of themes in their order, `suggested` how many labels are still to check."""

    note: FieldNote
    place: str
    author: str
    accepted: list[Words]
    suggested: int


def rows(
    db: Session, actor: Actor, only: FieldNoteFilter, *, limit: int = 20, cursor: str | None = None
) -> Page[Row]:
    found = page(db, actor, only, limit=limit, cursor=cursor)
    return Page(_with_names(db, found.items), found.next)


def count(db: Session, actor: Actor, only: FieldNoteFilter) -> int:
    matched = matching(actor, only).with_only_columns(col(FieldNote.id)).subquery()
    return db.exec(select(func.count()).select_from(matched)).one()


def places(db: Session, actor: Actor) -> Sequence[Location]:
    """What the list can be narrowed to: where the actor reads, and where the actor's own notes were made."""
    read = tree(db, actor, Permission.READ_NOTE)
    own = visible_to(actor).with_only_columns(col(FieldNote.location_id))
    elsewhere = select(Location).where(
        col(Location.id).in_(own), col(Location.id).not_in(place.id for place in read)
    )
    return [*read, *db.exec(elsewhere.order_by(col(Location.name)))]


def _with_names(db: Session, notes: Sequence[FieldNote]) -> list[Row]:
    ids = [note.id for note in notes]
    at, by = {note.location_id for note in notes}, {note.author_id for note in notes}
    where = dict(db.exec(select(Location.id, Location.name).where(col(Location.id).in_(at))).all())
    who = dict(db.exec(select(User.id, User.name).where(col(User.id).in_(by))).all())
    tagged = db.exec(
        select(Tagging.note_id, Tagging.state, Tag.name)
        .join(Tag, col(Tag.id) == col(Tagging.tag_id))
        .where(col(Tagging.note_id).in_(ids), col(Tagging.state) != TaggingState.REJECTED)
        .order_by(col(Tag.position), col(Tag.slug))
    ).all()
    accepted: dict[str, list[Words]] = {note_id: [] for note_id in ids}
    suggested = dict.fromkeys(ids, 0)
    for note_id, state, name in tagged:
        if state == TaggingState.ACCEPTED:
            accepted[note_id].append(dict(name))
        else:
            suggested[note_id] += 1
    return [
        Row(note, where[note.location_id], who[note.author_id], accepted[note.id], suggested[note.id])
        for note in notes
    ]
