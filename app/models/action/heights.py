"""Where a card lies in its column."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.models.action.table import ImprovementAction, Step


def top_of(db: Session, step: Step) -> float:
    first = db.exec(select(func.min(col(ImprovementAction.position))).where(ImprovementAction.step == step))
    return (first.one() or 0.0) - 1.0
