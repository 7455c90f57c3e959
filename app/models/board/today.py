"""What needs one person now: actions, labels, and one customer's words."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import now
from app.models.access import Actor, Permission
from app.models.action.table import ImprovementAction, Room, Step
from app.models.field_note import reviewing
from app.models.field_note.queries import visible_to
from app.models.field_note.table import FieldNote, NoteKind
from app.models.location.queries import ids_within

SOON = timedelta(days=3)
FRESH = timedelta(days=7)
AT_WORK = (Step.NEW, Step.CHOSEN, Step.DOING)


def due(db: Session, actor: Actor, today: date, *, limit: int = 5) -> Sequence[ImprovementAction]:
    """The actor's own actions that are late or due within three days, the latest first."""
    urgent = _at_work(actor).where(
        ImprovementAction.owner_id == actor.id, col(ImprovementAction.due_on) <= today + SOON
    )
    return db.exec(
        urgent.order_by(col(ImprovementAction.due_on), col(ImprovementAction.id)).limit(limit)
    ).all()


def waiting(db: Session, actor: Actor, *, limit: int = 5) -> Sequence[ImprovementAction]:
    """Actions that wait for room: the actor's own, what they are asked for, and what is asked of nobody in particular
    where they can give it; the longest wait first."""
    stuck = _at_work(actor).where(
        ImprovementAction.room == Room.WAITING,
        or_(
            col(ImprovementAction.owner_id) == actor.id,
            col(ImprovementAction.room_from_id) == actor.id,
            and_(
                col(ImprovementAction.room_from_id).is_(None),
                col(ImprovementAction.location_id).in_(ids_within(actor, Permission.LEAD_SAFARI)),
            ),
        ),
    )
    since = (col(ImprovementAction.room_since), col(ImprovementAction.id))
    return db.exec(stuck.order_by(*since).limit(limit)).all()


def moved(db: Session, actor: Actor, *, limit: int = 5) -> Sequence[ImprovementAction]:
    """The actions that moved last, for who only reads along."""
    last = (col(ImprovementAction.moved_at).desc(), col(ImprovementAction.id).desc())
    return db.exec(_on_board(actor).order_by(*last).limit(limit)).all()


def _on_board(actor: Actor) -> SelectOfScalar[ImprovementAction]:
    return select(ImprovementAction).where(
        col(ImprovementAction.location_id).in_(ids_within(actor, Permission.READ_BOARD)),
        col(ImprovementAction.merged_into_id).is_(None),
    )


def _at_work(actor: Actor) -> SelectOfScalar[ImprovementAction]:
    return _on_board(actor).where(col(ImprovementAction.step).in_(AT_WORK))


def labels_to_check(db: Session, actor: Actor) -> int:
    return reviewing.count(db, actor)


def fresh_words(db: Session, actor: Actor) -> FieldNote | None:
    """What a customer said, literally, today or in the last seven days."""
    said = visible_to(actor).where(
        FieldNote.kind == NoteKind.INTERVIEW,
        col(FieldNote.headline_literal),
        FieldNote.headline != "",
        FieldNote.held_at >= now() - FRESH,
    )
    return db.exec(said.order_by(col(FieldNote.held_at).desc(), col(FieldNote.id).desc()).limit(1)).first()
