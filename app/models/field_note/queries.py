from sqlalchemy import or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within


def visible_to(actor: Actor) -> SelectOfScalar[FieldNote]:
    """Notes at the actor's own locations, and the actor's own notes wherever they were made; never erased ones."""
    return select(FieldNote).where(
        col(FieldNote.erased_at).is_(None),
        or_(
            col(FieldNote.location_id).in_(ids_within(actor, Permission.READ_NOTE)),
            col(FieldNote.author_id) == actor.id,
        ),
    )


def get(db: Session, actor: Actor, note_id: str) -> FieldNote:
    found = db.exec(visible_to(actor).where(FieldNote.id == note_id)).first()
    if found is None:
        raise NotFound
    return found
