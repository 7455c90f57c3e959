from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within
from app.models.paging import MOST, Page, cursor_of, moment_and_id


def visible_to(actor: Actor) -> SelectOfScalar[FieldNote]:
    """Notes at the actor's locations, and own notes wherever they were made; never erased ones."""
    return select(FieldNote).where(
        col(FieldNote.erased_at).is_(None),
        or_(
            col(FieldNote.location_id).in_(ids_within(actor, Permission.READ_NOTE)),
            own(actor),
        ),
    )


def own(actor: Actor) -> ColumnElement[bool]:
    """What the actor wrote; of nobody any more once all such work was taken away."""
    return col(FieldNote.author_id) == actor.id if actor.may(Permission.RECORD_NOTE) else false()


def get(db: Session, actor: Actor, note_id: str) -> FieldNote:
    found = db.exec(visible_to(actor).where(FieldNote.id == note_id)).first()
    if found is None:
        raise NotFound
    return found


def matching(actor: Actor, only: FieldNoteFilter) -> SelectOfScalar[FieldNote]:
    """For page, JSON and export alike; in no order yet."""
    return only.narrow(visible_to(actor))


def page(
    db: Session, actor: Actor, only: FieldNoteFilter, *, limit: int = 20, cursor: str | None = None
) -> Page[FieldNote]:
    """Newest first, at most `limit` (and never over 200) at a time."""
    limit = max(1, min(limit, MOST))
    found = matching(actor, only)
    if cursor:
        at, last_id = moment_and_id(cursor)
        held_at = col(FieldNote.held_at)
        found = found.where(or_(held_at < at, and_(held_at == at, col(FieldNote.id) < last_id)))
    newest = (col(FieldNote.held_at).desc(), col(FieldNote.id).desc())
    # Sorted as ids alone: what was said, of all that this actor may see, would be carried along for twenty.
    chosen = found.with_only_columns(col(FieldNote.id)).order_by(*newest).limit(limit + 1)
    notes = db.exec(select(FieldNote).where(col(FieldNote.id).in_(chosen)).order_by(*newest)).all()
    last = notes[limit - 1] if len(notes) > limit else None
    return Page(notes[:limit], cursor_of(last.held_at.isoformat(), last.id) if last else None)
