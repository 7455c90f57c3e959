"""What on a board asks for somebody: late, waiting, without an owner, or lying still."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from app.clock import now, today
from app.models.action.table import ImprovementAction, Room, Step

AT_WORK = (Step.NEW, Step.CHOSEN, Step.DOING)
STILL_AFTER = timedelta(days=14)


class Signal(StrEnum):
    LATE = "late"
    WAITING = "waiting"
    UNOWNED = "unowned"
    STILL = "still"


def given_by(signal: Signal) -> ColumnElement[bool]:
    """Which actions give it; only those that somebody is still to do."""
    action = ImprovementAction
    told = {
        Signal.LATE: col(action.due_on) < today(),
        Signal.WAITING: col(action.room) == Room.WAITING,
        Signal.UNOWNED: col(action.owner_id).is_(None),
        Signal.STILL: col(action.stirred_at) <= now() - STILL_AFTER,
    }
    return and_(col(action.step).in_(AT_WORK), told[signal])
