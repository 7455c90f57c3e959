"""Who works at a place, and so can be asked to do something there."""

from collections.abc import Iterable

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


def workers_at(db: Session, places: Iterable[Location]) -> dict[str, dict[str, User]]:
    """Place -> everybody who can own something there, by id; as `people_at`, for many places in one question."""
    ways = {place.id: set(place.path.strip("/").split("/")) for place in places}
    if not ways:
        return {}
    working = (
        select(Membership.location_id, User)
        .join(User, col(User.id) == col(Membership.user_id))
        .where(
            col(Membership.location_id).in_(set[str]().union(*ways.values())),
            col(Membership.role).in_(OWNERS),
            col(User.disabled_at).is_(None),
        )
    )
    found = db.exec(working).all()
    return {
        place_id: {person.id: person for at, person in found if at in way} for place_id, way in ways.items()
    }


def givers_at(db: Session, place: Location) -> list[User]:
    """Who can give room there: the managers of the place and of those above it, by name."""
    on_the_way = place.path.strip("/").split("/")
    leading = select(Membership.user_id).where(
        col(Membership.location_id).in_(on_the_way), Membership.role == Role.MANAGER
    )
    people = select(User).where(col(User.id).in_(leading), col(User.disabled_at).is_(None))
    return list(db.exec(people.order_by(col(User.name))))
