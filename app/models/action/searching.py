"""Words on the board: in the title, and in what customers said for who may read that there."""

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import col, select

from app.models.access import Actor, Permission
from app.models.action.standing import STANDING
from app.models.action.table import Evidence, ImprovementAction
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within


def says(actor: Actor, words: str) -> ColumnElement[bool]:
    """Every word, whatever its case."""
    return and_(true(), *(_says_one(actor, word) for word in words.split()[:8]))


def _says_one(actor: Actor, word: str) -> ColumnElement[bool]:
    readable = col(FieldNote.location_id).in_(ids_within(actor, Permission.READ_NOTE))
    quoted = (
        select(Evidence.action_id)
        .join(FieldNote, STANDING)
        .where(readable, col(Evidence.quote).icontains(word, autoescape=True))
    )
    action = ImprovementAction
    return or_(col(action.title).icontains(word, autoescape=True), col(action.id).in_(quoted))
