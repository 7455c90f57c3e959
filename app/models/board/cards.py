"""The cards of the board, with all that stands on them; as many questions for 200 cards as for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, true, union_all
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.clock import day_of
from app.models.access import Actor, Permission
from app.models.action import queries
from app.models.action.filter import ActionFilter
from app.models.action.signals import AT_WORK, STILL_AFTER
from app.models.action.standing import STANDING
from app.models.action.table import Evidence, ImprovementAction, Room, Step
from app.models.board.archive import archived
from app.models.field_note.table import FieldNote
from app.models.location.table import Location
from app.models.user.table import User


@dataclass(frozen=True, slots=True)
class Card:
    """`quote` for who may read stories there; `customers`: different notes it rests on; `untold`: those of them
    who still wait for a call."""

    action: ImprovementAction
    owner: str
    changeable: bool
    quote: Evidence | None = None
    customers: int = 0
    untold: int = 0

    def days_late(self, today: date) -> int:
        return days_late(self.action, today)

    def days_waiting(self, today: date) -> int:
        return days_waiting(self.action, today)

    def days_still(self, today: date) -> int:
        return days_still(self.action, today)


def days_late(action: ImprovementAction, today: date) -> int:
    """Whole days past the date; 0 when in time, without a date, or finished."""
    if action.due_on is None or action.step not in queries.OPEN:
        return 0
    return max(0, (today - action.due_on).days)


def days_waiting(action: ImprovementAction, today: date) -> int:
    """Whole days since it began to wait for room; 0 when it does not."""
    if action.room != Room.WAITING or action.room_since is None:
        return 0
    return max(0, (today - day_of(action.room_since)).days)


def days_still(action: ImprovementAction, today: date) -> int:
    """Whole days that nobody did anything to it; 0 while that is not long yet, or it is finished."""
    days = (today - day_of(action.stirred_at)).days
    return days if action.step in AT_WORK and days >= STILL_AFTER.days else 0


def first_cards(
    db: Session,
    actor: Actor,
    only: ActionFilter,
    steps: Iterable[Step],
    most: int,
    below: ColumnElement[bool] | None = None,
) -> list[Card]:
    """The first cards of each step in their order, at most `most` a step, all in one statement."""
    action = ImprovementAction
    order = col(action.position), col(action.id)
    matching = queries.matching(actor, only).where(~archived()).with_only_columns(col(action.id))
    matching = matching.order_by(*order).limit(most)
    firsts = [
        matching.where(col(action.step) == step, true() if below is None else below).subquery()
        for step in steps
    ]
    shown = union_all(*(select(first.c.id) for first in firsts))
    return _with_words(db, actor, db.exec(_around().where(col(action.id).in_(shown)).order_by(*order)).all())


def cards_of(db: Session, actor: Actor, actions: Sequence[ImprovementAction]) -> list[Card]:
    """Those actions as cards, in the order in which they were given."""
    ids = [action.id for action in actions]
    rows = {row[0].id: row for row in db.exec(_around().where(col(ImprovementAction.id).in_(ids)))}
    return _with_words(db, actor, [rows[key] for key in ids])


def _around() -> "Select[ImprovementAction, str, str]":
    """Each action with the name of its owner and the path of its place."""
    action = ImprovementAction
    return (
        select(action, User.name, Location.path)
        .join(Location, col(Location.id) == col(action.location_id))
        .outerjoin(User, col(User.id) == col(action.owner_id))
    )


def card(db: Session, actor: Actor, action: ImprovementAction) -> Card:
    owner = db.get(User, action.owner_id) if action.owner_id else None
    place = queries.place_of(db, action)
    return _with_words(db, actor, [(action, owner.name if owner else None, place.path)])[0]


def _with_words(db: Session, actor: Actor, rows: Sequence[Any]) -> list[Card]:
    ids = [action.id for action, _, _ in rows]
    finished = [action.id for action, _, _ in rows if action.step == Step.DONE]
    customers, quotes = queries.customers(db, ids), _first_quotes(db, ids)
    untold = queries.still_to_tell(db, finished) if finished else {}
    return [
        Card(
            action,
            owner or "",
            actor.may(Permission.CHANGE_ACTION, at=path),
            quotes.get(action.id) if actor.may(Permission.READ_NOTE, at=path) else None,
            customers.get(action.id, 0),
            untold.get(action.id, 0),
        )
        for action, owner, path in rows
    ]


def _first_quotes(db: Session, action_ids: Sequence[str]) -> dict[str, Evidence]:
    firsts = (
        select(func.min(col(Evidence.id)))
        .join(FieldNote, STANDING)
        .where(col(Evidence.action_id).in_(action_ids), Evidence.quote != "")
        .group_by(col(Evidence.action_id))
    )
    found = db.exec(select(Evidence).where(col(Evidence.id).in_(firsts)))
    return {evidence.action_id: evidence for evidence in found}
