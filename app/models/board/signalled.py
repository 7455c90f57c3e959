"""How many cards ask for somebody, signal by signal."""

from sqlalchemy import case, func
from sqlmodel import Session

from app.models.access import Actor
from app.models.action import queries
from app.models.action.filter import ActionFilter
from app.models.action.signals import Signal, given_by


def signals(db: Session, actor: Actor, only: ActionFilter) -> dict[Signal, int]:
    """All of them in one question, within the rest of the filter."""
    around = queries.matching(actor, only.model_copy(update={"signal": None}))
    sums = [func.coalesce(func.sum(case((given_by(signal), 1), else_=0)), 0) for signal in Signal]
    return dict(zip(Signal, db.execute(around.with_only_columns(*sums)).one(), strict=True))
