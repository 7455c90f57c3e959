"""An action as JSON, with the words it rests on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.action import queries
from app.models.action.filter import ActionFilter
from app.models.action.standing import STANDING
from app.models.action.table import ActionKind, ActionTeam, Comment, Evidence, ImprovementAction, Room, Step
from app.models.action.under_goals import goal_ids
from app.models.field_note.table import FieldNote
from app.models.helping.judging import outcomes
from app.models.helping.verdict import Verdict
from app.models.location.queries import ids_within
from app.models.paging import Page, cursor_of, moment_and_id


class QuoteOut(BaseModel):
    """Words of one note: characters `mark_start` up to `mark_end` of `quote` are what matters most in it."""

    model_config = ConfigDict(from_attributes=True)

    note_id: str
    field: str
    quote: str
    mark_start: int
    mark_end: int


class ActionOut(BaseModel):
    """`version` grows with every change: send the one you saw. `customers`: different notes it rests on.
    `evidence` is empty for who may not read notes there. `verdict`: did it help, when something was chosen to
    listen for: too_little until talks enough are sure enough."""

    id: str
    location_id: str
    title: str
    description: str
    kind: ActionKind
    step: Step
    position: float
    version: int
    owner_id: str | None
    team_ids: list[str]
    goal_id: str | None = None
    due_on: date | None
    room: Room | None
    room_from: str
    room_from_id: str | None
    amount_cents: int | None
    room_since: datetime | None
    reason: str
    customers: int
    evidence: list[QuoteOut]
    verdict: Verdict | None = None
    created_by_id: str | None
    created_at: datetime
    moved_by_id: str | None
    moved_at: datetime
    merged_into_id: str | None


class CommentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: str
    author_id: str
    text: str
    created_at: datetime


def page(db: Session, actor: Actor, only: ActionFilter, *, limit: int, cursor: str = "") -> Page[ActionOut]:
    """The newest first."""
    made, own = col(ImprovementAction.created_at), col(ImprovementAction.id)
    found = queries.matching(actor, only)
    if cursor:
        at, last_id = moment_and_id(cursor)
        found = found.where(or_(made < at, and_(made == at, own < last_id)))
    rows = db.exec(found.order_by(made.desc(), own.desc()).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(
        shown(db, actor, rows[:limit]), cursor_of(last.created_at.isoformat(), last.id) if last else None
    )


def shown(db: Session, actor: Actor, actions: Sequence[ImprovementAction]) -> list[ActionOut]:
    """All of them, in as many questions whatever their number."""
    ids = [action.id for action in actions]
    teams: dict[str, list[str]] = {}
    for joined in db.exec(select(ActionTeam).where(col(ActionTeam.action_id).in_(ids))):
        teams.setdefault(joined.action_id, []).append(joined.team_id)
    quotes: dict[str, list[QuoteOut]] = {}
    read = col(FieldNote.location_id).in_(ids_within(actor, Permission.READ_NOTE))
    said = select(Evidence).join(FieldNote, STANDING).where(col(Evidence.action_id).in_(ids), read)
    for found in db.exec(said.order_by(col(Evidence.id))):
        quotes.setdefault(found.action_id, []).append(QuoteOut.model_validate(found))
    hanging = goal_ids(db, ids)
    customers, helped = queries.customers(db, ids), outcomes(db, ids)
    return [
        _out(
            action,
            team_ids=teams.get(action.id, []),
            evidence=quotes.get(action.id, []),
            customers=customers.get(action.id, 0),
            goal_id=hanging.get(action.id),
            verdict=helped[action.id].verdict if action.id in helped else None,
        )
        for action in actions
    ]


def _out(action: ImprovementAction, **more: Any) -> ActionOut:
    return ActionOut.model_validate(action.model_dump() | more)


def comments(db: Session, action: ImprovementAction) -> list[CommentOut]:
    """The oldest first."""
    said = select(Comment).where(Comment.action_id == action.id)
    found = db.exec(said.order_by(col(Comment.created_at), col(Comment.id)))
    return [CommentOut.model_validate(comment) for comment in found]
