"""Cards that lie still: after 14 days the board asks whether they go on; a week later they go to "not now"."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.clock import now
from app.models.access import Actor
from app.models.action import checking, queries
from app.models.action.raising import top_of
from app.models.action.signals import AT_WORK, STILL_AFTER
from app.models.action.table import ImprovementAction, Room, Step
from app.models.audit.noting import note as log

GRACE = timedelta(days=7)
REASON = "Lag 14 dagen stil"


def keep(db: Session, action: ImprovementAction, *, by: Actor) -> None:
    """ "Ja, nog doen": another 14 days. Saying it twice is saying it once."""
    checking.require(by, queries.place_of(db, action))
    db.refresh(action, with_for_update=True)
    if action.step not in AT_WORK or action.stirred_at > now() - STILL_AFTER:
        return
    action.stirred_at = now()
    log(db, "action.kept", "action", action.id, by=by, at=action.location_id)


def move_still_cards(db: Session, at: datetime) -> tuple[int, int]:
    """How many were asked about and how many moved, as of that moment. To be run daily; twice does it once, also
    by two workers. What waits for room stays where it is: it waits for somebody, and that stays in sight."""
    return _ask(db, at), _move(db, at)


def _ask(db: Session, at: datetime) -> int:
    action = ImprovementAction
    asked = col(action.asked_at).is_(None) | (col(action.asked_at) < col(action.stirred_at))
    still = (col(action.step).in_(AT_WORK), col(action.stirred_at) <= at - STILL_AFTER, asked)
    return db.connection().execute(update(action).where(*still).values(asked_at=at)).rowcount


def _move(db: Session, at: datetime) -> int:
    action = ImprovementAction
    ignored = (
        col(action.step).in_(AT_WORK),
        col(action.stirred_at) <= at - STILL_AFTER,
        col(action.asked_at) >= col(action.stirred_at),
        col(action.asked_at) <= at - GRACE,
        col(action.room).is_(None) | (col(action.room) != Room.WAITING),
    )
    found = db.exec(select(action.id, action.step, action.location_id).where(*ignored).order_by(action.id))
    moved, top = 0, top_of(db, Step.NOT_NOW)
    for action_id, was, place in found.all():
        # Asked again with the change itself: the other worker, or somebody at the board, may have been first.
        goes = update(action).where(col(action.id) == action_id, *ignored)
        values = {
            "step": Step.NOT_NOW,
            "reason": REASON,
            "position": top - moved,
            "version": action.version + 1,
            "moved_at": at,
            "moved_by_id": None,
            "stirred_at": at,
        }
        if db.connection().execute(goes.values(**values)).rowcount:
            moved += 1
            log(db, "action.moved", "action", action_id, by=None, at=place, **{"from": was, "to": "not_now"})
    db.expire_all()
    return moved
