"""Two themes that turn out to be one: everything said about the first is from now on about the second."""

from sqlmodel import Session, col, delete, select, update

from app.errors import Invalid
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.table import Tag

WEIGHT = {TaggingState.ACCEPTED: 2, TaggingState.REJECTED: 1, TaggingState.SUGGESTED: 0}


def merge(db: Session, tag: Tag, into_id: str, *, by: Actor) -> None:
    """A note that has both keeps one: what a person decided over a suggestion, accepted over rejected, surest last."""
    into = _target(db, tag, into_id)
    if tag.merged_into_id == into.id:
        return
    moved = _move(db, tag, into)
    tag.active, tag.merged_into_id = False, into.id
    note(db, "theme.merged", "tag", tag.id, by=by, into=into.id, moved=moved)
    db.flush()


def _target(db: Session, tag: Tag, into_id: str) -> Tag:
    into = db.get(Tag, into_id)
    if into is None:
        raise Invalid({"into_id": "field.unknown_choice"})
    step: Tag | None = into
    while step is not None:
        if step.id == tag.id:
            same = into.id == tag.id
            raise Invalid({"into_id": "theme.merge_itself" if same else "theme.merge_circle"})
        step = db.get(Tag, step.merged_into_id) if step.merged_into_id else None
    if not into.active:
        raise Invalid({"into_id": "theme.merge_off"})
    return into


def _move(db: Session, tag: Tag, into: Tag) -> int:
    theirs = select(Tagging.note_id).where(Tagging.tag_id == into.id)
    double = select(Tagging).where(Tagging.tag_id == tag.id, col(Tagging.note_id).in_(theirs))
    there = select(Tagging).where(
        Tagging.tag_id == into.id,
        col(Tagging.note_id).in_(select(Tagging.note_id).where(Tagging.tag_id == tag.id)),
    )
    stays = {tagging.note_id: tagging for tagging in db.exec(there)}
    weaker = [min((one, stays[one.note_id]), key=_weight).id for one in db.exec(double)]
    for start in range(0, len(weaker), 500):
        db.exec(delete(Tagging).where(col(Tagging.id).in_(weaker[start : start + 500])))
    moving = update(Tagging).where(col(Tagging.tag_id) == tag.id).values(tag_id=into.id)
    moved = db.exec(moving).rowcount
    db.expire_all()
    return moved


def _weight(tagging: Tagging) -> tuple[int, bool, float]:
    return WEIGHT[tagging.state], tagging.felt_by_id is not None, tagging.score
