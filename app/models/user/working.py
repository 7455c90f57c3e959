"""Who works at a place, and so can be asked to do something there."""

from sqlmodel import Session, col, select

from app.models.access import Role
from app.models.location.table import Location
from app.models.user.table import Membership, User

OWNERS = (Role.MANAGER, Role.MEMBER)


def people_at(db: Session, place: Location) -> list[User]:
    """Who can own something there: everybody with a working role at the place or above it, by name."""
    on_the_way = place.path.strip("/").split("/")
    working = select(Membership.user_id).where(
        col(Membership.location_id).in_(on_the_way), col(Membership.role).in_(OWNERS)
    )
    people = select(User).where(col(User.id).in_(working), col(User.disabled_at).is_(None))
    return list(db.exec(people.order_by(col(User.name))))


def givers_at(db: Session, place: Location) -> list[User]:
    """Who can give room there: the managers of the place and of those above it, by name."""
    on_the_way = place.path.strip("/").split("/")
    leading = select(Membership.user_id).where(
        col(Membership.location_id).in_(on_the_way), Membership.role == Role.MANAGER
    )
    people = select(User).where(col(User.id).in_(leading), col(User.disabled_at).is_(None))
    return list(db.exec(people.order_by(col(User.name))))
