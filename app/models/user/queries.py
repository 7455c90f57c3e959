"""Who is who, for those who may invite there. Roles elsewhere are not shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission, Role
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.paging import Page, cursor_of, keys_of
from app.models.user.table import Membership, User, UserSession

A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Held:
    """One role of somebody, at one place."""

    membership_id: str
    role: Role
    location: Location


@dataclass(frozen=True, slots=True)
class Person:
    user: User
    held: Sequence[Held] = field(default_factory=tuple)


def visible_to(actor: Actor) -> SelectOfScalar[User]:
    """Everybody with a role where the actor may invite; at the top also those who have no role left."""
    if any(path.count("/") == 2 for path in actor.paths(Permission.INVITE)):
        return select(User)
    there = select(Membership.user_id).where(
        col(Membership.location_id).in_(ids_within(actor, Permission.INVITE))
    )
    return select(User).where(col(User.id).in_(there))


def get(db: Session, actor: Actor, user_id: str) -> Person:
    user = db.exec(visible_to(actor).where(User.id == user_id)).first()
    if user is None:
        raise NotFound
    return Person(user, _held(db, actor, [user.id]).get(user.id, []))


def people(db: Session, actor: Actor, *, after: str = "", limit: int = A_PAGE) -> Page[Person]:
    """By name, in two queries whatever their number."""
    found = visible_to(actor).order_by(col(User.name), col(User.id)).limit(limit + 1)
    if after:
        name, own = keys_of(after, 2)
        found = found.where(tuple_(col(User.name), col(User.id)) > tuple_(name, own))
    users = list(db.exec(found))
    shown = users[:limit]
    held = _held(db, actor, [user.id for user in shown])
    more = cursor_of(shown[-1].name, shown[-1].id) if len(users) > limit else None
    return Page([Person(user, held.get(user.id, [])) for user in shown], more)


def choices(db: Session, actor: Actor) -> list[User]:
    """Whom to choose from: who can still sign in, by name."""
    return list(db.exec(visible_to(actor).where(col(User.disabled_at).is_(None)).order_by(col(User.name))))


def devices(db: Session, actor: Actor) -> list[UserSession]:
    """The actor's own signed-in devices, the last used first."""
    own = select(UserSession).where(UserSession.user_id == actor.id)
    return list(db.exec(own.order_by(col(UserSession.last_seen_at).desc())))


def _held(db: Session, actor: Actor, user_ids: Iterable[str]) -> dict[str, list[Held]]:
    rows = db.exec(
        select(Membership, Location)
        .join(Location, col(Location.id) == col(Membership.location_id))
        .where(
            col(Membership.user_id).in_(list(user_ids)),
            col(Location.id).in_(ids_within(actor, Permission.INVITE)),
        )
        .order_by(col(Location.name), col(Membership.role))
    )
    held: dict[str, list[Held]] = {}
    for membership, location in rows:
        held.setdefault(membership.user_id, []).append(Held(membership.id, membership.role, location))
    return held


def names_of(db: Session, user_ids: Iterable[str | None]) -> dict[str, str]:
    """Id -> name, also of who left."""
    found = select(User.id, User.name).where(col(User.id).in_([one for one in user_ids if one]))
    return dict(db.exec(found).all())
