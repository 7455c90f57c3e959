"""What was finished long enough ago to leave the board, and how it comes back."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from app.clock import now
from app.models.access import Actor
from app.models.action import checking, queries
from app.models.action.filter import ActionFilter
from app.models.action.standing import STANDING
from app.models.action.table import Evidence, ImprovementAction, Step
from app.models.audit.noting import note as log
from app.models.field_note.table import Contact, FieldNote
from app.models.paging import Page, cursor_of, moment_and_id

LEAVES_AFTER = timedelta(days=30)


def archived() -> ColumnElement[bool]:
    """Told, or done with nobody who still waits to hear it, and not touched for a month."""
    action = ImprovementAction
    waiting = (
        select(Evidence.action_id)
        .join(FieldNote, STANDING)
        .join(Contact, col(Contact.note_id) == col(Evidence.note_id))
        .where(col(Contact.called_at).is_(None))
    )
    step = col(action.step)
    finished = or_(step == Step.TOLD, and_(step == Step.DONE, col(action.id).not_in(waiting)))
    return and_(col(action.stirred_at) < now() - LEAVES_AFTER, finished)


def found(
    db: Session, actor: Actor, only: ActionFilter, *, limit: int, cursor: str = ""
) -> Page[ImprovementAction]:
    """What lies in the archive, the last finished first."""
    moved, own = col(ImprovementAction.moved_at), col(ImprovementAction.id)
    wanted = queries.matching(actor, only).where(archived())
    if cursor:
        at, last_id = moment_and_id(cursor)
        wanted = wanted.where(or_(moved < at, and_(moved == at, own < last_id)))
    rows: Sequence[ImprovementAction] = db.exec(
        wanted.order_by(moved.desc(), own.desc()).limit(limit + 1)
    ).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], cursor_of(last.moved_at.isoformat(), last.id) if last else None)


def restore(db: Session, action: ImprovementAction, *, by: Actor) -> None:
    """Back on the board for another month, in the step where it lay."""
    checking.require(by, queries.place_of(db, action))
    db.refresh(action, with_for_update=True)
    if action.stirred_at >= now() - LEAVES_AFTER:
        return
    action.stirred_at = now()
    log(db, "action.restored", "action", action.id, by=by, at=action.location_id)
