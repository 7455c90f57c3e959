"""The steps of an action: put down, ticked off, put in order, taken away."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.models.access import Actor
from app.models.action import checking
from app.models.action.extra_table import SubStep
from app.models.action.schemas import StepDraft, StepMove
from app.models.action.table import ImprovementAction
from app.models.audit.noting import note as log

MOST = 50


def steps_of(db: Session, action_id: str) -> Sequence[SubStep]:
    """In their order."""
    own = select(SubStep).where(SubStep.action_id == action_id)
    return db.exec(own.order_by(col(SubStep.position), col(SubStep.id))).all()


def get(db: Session, action: ImprovementAction, step_id: str) -> SubStep:
    found = db.exec(select(SubStep).where(SubStep.id == step_id, SubStep.action_id == action.id)).first()
    if found is None:
        raise NotFound
    return found


def add(db: Session, action: ImprovementAction, draft: StepDraft, *, by: Actor) -> SubStep:
    """At the end. The same draft twice puts it down once."""
    checking.hold(db, action, by=by)
    if known := db.get(SubStep, draft.id):
        if known.action_id != action.id:
            raise Conflict("action.id_taken")
        return known
    last, number = db.exec(
        select(func.max(SubStep.position), func.count()).where(SubStep.action_id == action.id)
    ).one()
    if number >= MOST:
        raise Invalid({"what": ("step.too_many", {"most": MOST})})
    step = SubStep(id=draft.id, action_id=action.id, text=draft.what, position=(last or 0.0) + 1.0)
    db.add(step)
    log(db, "action.step_added", "action", action.id, by=by, at=action.location_id, step=step.id)
    db.flush()
    return step


def tick(db: Session, action: ImprovementAction, step: SubStep, *, done: bool, by: Actor) -> None:
    """Says how it should be, so that a double tap ticks once."""
    checking.hold(db, action, by=by)
    db.refresh(step)
    if (step.done_at is not None) == done:
        return
    step.done_at, step.done_by_id = (now(), by.id) if done else (None, None)
    verb = "action.step_done" if done else "action.step_undone"
    log(db, verb, "action", action.id, by=by, at=action.location_id, step=step.id)
    db.flush()


def move(db: Session, action: ImprovementAction, step: SubStep, to: StepMove, *, by: Actor) -> None:
    """To that place in the row, counted from one; twice is once."""
    checking.hold(db, action, by=by)
    rest = [other for other in steps_of(db, action.id) if other.id != step.id]
    row = [*rest[: to.place - 1], step, *rest[to.place - 1 :]]
    if row == list(steps_of(db, action.id)):
        return
    for position, one in enumerate(row, start=1):
        one.position = float(position)
    log(db, "action.steps_ordered", "action", action.id, by=by, at=action.location_id, step=step.id)
    db.flush()


def remove(db: Session, action: ImprovementAction, step_id: str, *, by: Actor) -> None:
    """What is gone already stays gone."""
    checking.hold(db, action, by=by)
    known = db.exec(select(SubStep).where(SubStep.id == step_id, SubStep.action_id == action.id)).first()
    if known is None:
        return
    db.delete(known)
    log(db, "action.step_removed", "action", action.id, by=by, at=action.location_id, step=step_id)
    db.flush()
