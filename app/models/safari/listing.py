"""Safaris to look back on and to look forward to, as one person may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, true
from sqlmodel import Session, col, select

from app.models.access import Actor
from app.models.location.table import Location
from app.models.paging import Page, cursor_of, moment_and_id
from app.models.safari.queries import Outing, mine, seen_by
from app.models.safari.table import Safari, SafariState
from app.models.user.table import User

OPEN_SHOWN = 100


@dataclass(frozen=True, slots=True)
class SafariFilter:
    location_id: str = ""
    state: SafariState | None = None
    mine: bool = False

    def clause(self, actor: Actor) -> ColumnElement[bool]:
        return and_(
            seen_by(actor),
            col(Safari.location_id) == self.location_id if self.location_id else true(),
            col(Safari.state) == self.state if self.state else true(),
            mine(actor) if self.mine else true(),
        )


def _outings(actor: Actor, only: SafariFilter) -> Any:
    return (
        select(Safari, Location, User)
        .join(Location, col(Location.id) == col(Safari.location_id))
        .join(User, col(User.id) == col(Safari.leader_id))
        .where(only.clause(actor))
    )


def page(db: Session, actor: Actor, only: SafariFilter, *, cursor: str = "", limit: int = 20) -> Page[Outing]:
    """Newest first: by when it began, else by when it was planned for or made."""
    moment = func.coalesce(col(Safari.started_at), col(Safari.planned_for), col(Safari.created_at))
    rows = _outings(actor, only).add_columns(moment)
    if cursor:
        at, last_id = moment_and_id(cursor)
        rows = rows.where(or_(moment < at, and_(moment == at, col(Safari.id) < last_id)))
    found = db.exec(rows.order_by(moment.desc(), col(Safari.id).desc()).limit(limit + 1)).all()
    items = [Outing(*row[:3]) for row in found[:limit]]
    more = len(found) > limit
    return Page(items, cursor_of(found[limit - 1][3].isoformat(), items[-1].safari.id) if more else None)


def running(db: Session, actor: Actor, only: SafariFilter) -> Sequence[Outing]:
    rows = _outings(actor, only).where(Safari.state == SafariState.RUNNING)
    return _some(db, rows.order_by(col(Safari.started_at).desc(), col(Safari.id)))


def planned(db: Session, actor: Actor, only: SafariFilter, *, limit: int = OPEN_SHOWN) -> Sequence[Outing]:
    """The soonest first."""
    rows = _outings(actor, only).where(Safari.state == SafariState.PLANNED)
    return _some(db, rows.order_by(col(Safari.planned_for), col(Safari.id)), limit)


def _some(db: Session, rows: Any, limit: int = OPEN_SHOWN) -> Sequence[Outing]:
    return [Outing(*row) for row in db.exec(rows.limit(limit))]


def places(db: Session, actor: Actor) -> Sequence[Location]:
    """Where the safaris are that the actor can see; what the list can be narrowed to."""
    held = select(Safari.location_id).where(seen_by(actor))
    return db.exec(select(Location).where(col(Location.id).in_(held)).order_by(col(Location.name))).all()
