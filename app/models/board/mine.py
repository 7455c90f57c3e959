"""What one person does, over all boards."""

from collections.abc import Sequence

from sqlalchemy import or_
from sqlmodel import Session, col

from app.models.access import Actor
from app.models.action import queries
from app.models.action.signals import AT_WORK
from app.models.action.table import ImprovementAction, Step
from app.models.board.archive import archived
from app.models.board.cards import Card, cards_of

MOST = 200


def mine(db: Session, actor: Actor) -> Sequence[Card]:
    """The actor's own cards that are not finished, or done and still to be told; what is due first, first."""
    action = ImprovementAction
    own = queries.visible_to(actor).where(
        action.owner_id == actor.id,
        or_(col(action.step).in_(AT_WORK), col(action.step) == Step.DONE),
        ~archived(),
    )
    due = (col(action.due_on).is_(None), col(action.due_on), col(action.id))
    return cards_of(db, actor, db.exec(own.order_by(*due).limit(MOST)).all())
