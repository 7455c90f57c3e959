"""One place up or down, past the next card that this person sees there."""

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from app.models.access import Actor
from app.models.action import queries
from app.models.action.filter import ActionFilter
from app.models.action.schemas import Placement
from app.models.action.table import ImprovementAction
from app.models.board.archive import archived


def shifted(
    db: Session, actor: Actor, only: ActionFilter, action: ImprovementAction, to: Placement
) -> Placement:
    """The move with its neighbour filled in; as it was when nothing is shifted. On top stays on top."""
    if not to.shift:
        return to
    up = to.shift == "up"
    beside = _beside(db, actor, only, action, up=up) or action.id
    return to.model_copy(update={"before": beside if up else None, "after": None if up else beside})


def _beside(
    db: Session, actor: Actor, only: ActionFilter, action: ImprovementAction, *, up: bool
) -> str | None:
    position, own = col(ImprovementAction.position), col(ImprovementAction.id)
    here = select(position, own).where(own == action.id).subquery()
    place, edge = tuple_(position, own), tuple_(here.c.position, here.c.id)
    shown = queries.matching(actor, only).where(ImprovementAction.step == action.step, ~archived())
    if up:
        shown = shown.where(place < edge).order_by(position.desc(), own.desc())
    else:
        shown = shown.where(place > edge).order_by(position, own)
    found = db.exec(shown.limit(1)).first()
    return found.id if found else None
