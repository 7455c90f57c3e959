from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.models.access import Actor
from app.models.action.queries import visible_to
from app.models.action.table import Evidence, ImprovementAction


def actions_of(db: Session, actor: Actor, note_id: str) -> Sequence[ImprovementAction]:
    """The actions that rest on this note, as far as the actor may read that board; the oldest first."""
    resting = select(Evidence.action_id).where(Evidence.note_id == note_id)
    found = visible_to(actor).where(col(ImprovementAction.id).in_(resting))
    return db.exec(found.order_by(col(ImprovementAction.id))).all()
