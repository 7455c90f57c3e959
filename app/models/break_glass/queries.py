"""Which emergency access there is, for whose it is and for who must know of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, literal, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import now
from app.errors import NotFound
from app.models.access import Actor, Glass, Permission
from app.models.break_glass.table import BreakGlass, GlassLook, GlassSeen, Look
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.user.table import User


@dataclass(frozen=True, slots=True)
class Access:
    """`looks` counts what was looked at; `until` is when it ended, or will."""

    glass: BreakGlass
    place: Location
    user: User
    looks: int

    @property
    def until(self) -> datetime:
        return self.glass.ended_at or self.glass.ends_at

    @property
    def is_open(self) -> bool:
        return self.until > now()


@dataclass(frozen=True, slots=True)
class Looked:
    at: datetime
    what: Look
    note: FieldNote | None
    place: str


def running(db: Session, actor: Actor) -> tuple[Glass, ...]:
    """What is open now on this very device, at places where its user is still a beheerder."""
    if actor.session_id is None or not actor.holds(Permission.BREAK_GLASS):
        return ()
    rows = db.exec(
        select(BreakGlass.id, Location.path, Location.name, BreakGlass.ends_at)
        .join(Location, col(Location.id) == col(BreakGlass.location_id))
        .where(
            BreakGlass.user_id == actor.id,
            BreakGlass.session_id == actor.session_id,
            col(BreakGlass.ended_at).is_(None),
            BreakGlass.ends_at > now(),
        )
        .order_by(col(BreakGlass.id))
    )
    return tuple(Glass(*row) for row in rows if actor.may(Permission.BREAK_GLASS, at=row[1]))


def visible_to(actor: Actor) -> SelectOfScalar[BreakGlass]:
    """For a beheerder what was opened below their places; for a manager what reached into theirs."""
    tops = [
        col(Location.path).startswith(path)
        for permission in (Permission.BREAK_GLASS, Permission.BE_TOLD)
        for path in actor.paths(permission)
    ]
    joined = select(BreakGlass).join(Location, col(Location.id) == col(BreakGlass.location_id))
    return joined.where(or_(*tops, _above_theirs(actor)))


def _above_theirs(actor: Actor) -> ColumnElement[bool]:
    """The place and all that lies above it: access there opens this place too."""
    over = [literal(path).startswith(col(Location.path)) for path in actor.paths(Permission.BE_TOLD)]
    return or_(*over) if over else false()


def accesses(db: Session, actor: Actor, *, limit: int = 100) -> list[Access]:
    """The newest first."""
    return _accesses(db, visible_to(actor).order_by(col(BreakGlass.id).desc()).limit(limit))


def get(db: Session, actor: Actor, break_glass_id: str) -> Access:
    found = _accesses(db, visible_to(actor).where(BreakGlass.id == break_glass_id))
    if not found:
        raise NotFound
    return found[0]


def to_tell(db: Session, actor: Actor) -> list[Access]:
    """What a manager has not seen yet, of others. While it is open, it stays to be told."""
    if not actor.holds(Permission.BE_TOLD):
        return []
    seen = select(GlassSeen.break_glass_id).where(GlassSeen.user_id == actor.id)
    fresh = visible_to(actor).where(BreakGlass.user_id != actor.id, col(BreakGlass.id).not_in(seen))
    return _accesses(db, fresh.order_by(col(BreakGlass.id).desc()))


def _accesses(db: Session, wanted: SelectOfScalar[BreakGlass]) -> list[Access]:
    looks = (
        select(func.count(col(GlassLook.id)))
        .where(GlassLook.break_glass_id == BreakGlass.id)
        .correlate(BreakGlass)
        .scalar_subquery()
    )
    rows = wanted.join(User, col(User.id) == col(BreakGlass.user_id)).add_columns(Location, User, looks)
    return [Access(*row) for row in db.execute(rows).all()]


def looked(db: Session, actor: Actor, access: Access, *, limit: int = 500) -> list[Looked]:
    """In that order. A manager reads of own places only; a beheerder that something was opened, and not what."""
    rows = (
        select(GlassLook, FieldNote, Location.name)
        .outerjoin(FieldNote, col(FieldNote.id) == col(GlassLook.note_id))
        .outerjoin(Location, col(Location.id) == col(FieldNote.location_id))
        .where(GlassLook.break_glass_id == access.glass.id)
        .order_by(col(GlassLook.id))
        .limit(limit)
    )
    if not actor.may(Permission.BREAK_GLASS, at=access.place.path):
        theirs = col(FieldNote.location_id).in_(ids_within(actor, Permission.BE_TOLD))
        rows = rows.where(or_(col(GlassLook.note_id).is_(None), theirs))
    return [
        Looked(look.created_at, look.what, note, place or "") for look, note, place in db.execute(rows).all()
    ]
