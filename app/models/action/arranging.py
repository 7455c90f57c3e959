"""Moving cards over the board."""

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from app.clock import now
from app.errors import Invalid
from app.models.access import Actor
from app.models.action import checking, queries
from app.models.action.clashing import clash
from app.models.action.raising import top_of
from app.models.action.schemas import Placement
from app.models.action.table import ImprovementAction, Step
from app.models.audit.noting import note as log

CLOSEST = 1e-6


def place(db: Session, action: ImprovementAction, to: Placement, *, by: Actor) -> None:
    """Puts the card where `to` says. Conflict when somebody changed it meanwhile, Invalid for "not now" without
    a reason. Sending the same move twice moves once."""
    checking.require(by, queries.place_of(db, action))
    db.refresh(action, with_for_update=True)
    if action.version != to.version:
        if _done_already(action, to, by):
            return
        raise clash(db, action)
    was = action.step
    if to.step == Step.NOT_NOW and was != Step.NOT_NOW and not to.reason:
        raise Invalid({"reason": "action.reason_missing"})
    action.position = _position(db, action, to)
    action.version += 1
    action.moved_by_id = by.id
    action.stirred_at = now()
    if was == to.step:
        log(db, "action.reordered", "action", action.id, by=by, at=action.location_id)
        return
    action.step, action.moved_at = to.step, now()
    action.reason = to.reason if to.step == Step.NOT_NOW else ""
    detail = {"from": was.value, "to": to.step.value}
    log(db, "action.moved", "action", action.id, by=by, at=action.location_id, **detail)
    db.flush()


def _done_already(action: ImprovementAction, to: Placement, by: Actor) -> bool:
    return action.version == to.version + 1 and action.moved_by_id == by.id and action.step == to.step


def _position(db: Session, action: ImprovementAction, to: Placement) -> float:
    """Halfway between its new neighbours. A neighbour that has left the step meanwhile counts as none."""
    neighbour = _card(db, to.before or to.after, to.step)
    if neighbour is None:
        return top_of(db, to.step)
    if neighbour.id == action.id:
        return action.position
    found = _between(db, action, neighbour, ahead=bool(to.before))
    if found is None:
        _spread(db, to.step)
        db.refresh(neighbour)
        found = _between(db, action, neighbour, ahead=bool(to.before))
    return neighbour.position if found is None else found


def _between(db: Session, action: ImprovementAction, card: ImprovementAction, *, ahead: bool) -> float | None:
    """A position just ahead of the card or just behind it; None when there is no room left."""
    position = col(ImprovementAction.position)
    side = position < card.position if ahead else position > card.position
    nearest = func.max(position) if ahead else func.min(position)
    others = select(nearest).where(
        ImprovementAction.step == card.step, side, col(ImprovementAction.id) != action.id
    )
    other = db.exec(others).one()
    if other is None:
        return card.position + (-1.0 if ahead else 1.0)
    return (card.position + other) / 2 if abs(card.position - other) > CLOSEST else None


def _card(db: Session, action_id: str | None, step: Step) -> ImprovementAction | None:
    there = select(ImprovementAction).where(
        col(ImprovementAction.id) == action_id, ImprovementAction.step == step
    )
    return db.exec(there).first() if action_id else None


def _spread(db: Session, step: Step) -> None:
    """Gives the whole column room again: 1, 2, 3, ..."""
    action = ImprovementAction
    order = func.row_number().over(order_by=(col(action.position), col(action.id)))
    ranked = select(action.id, order.label("place")).where(action.step == step).subquery()
    db.execute(
        update(action)
        .where(col(action.id) == ranked.c.id)
        .values(position=ranked.c.place)
        .execution_options(synchronize_session=False)
    )
