"""A sentence that sounds like a rule in the way, and is none."""

from sqlmodel import Session

from app.errors import NotFound
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note.table import FieldNote
from app.models.rule.proposing import dismissed, proposals
from app.models.rule.table import NoRule


def dismiss(db: Session, note: FieldNote, pick: str, *, by: Actor) -> None:
    """It is not proposed again; anybody may still name it by hand. NotFound when nothing there sounds like a rule."""
    if pick in dismissed(db, note.id):
        return
    if pick not in {one.quote.pick for one in proposals(note.answers)}:
        raise NotFound
    db.add(NoRule(note_id=note.id, pick=pick, by_id=by.id))
    log(db, "rule.dismissed", "field_note", note.id, by=by, at=note.location_id)
