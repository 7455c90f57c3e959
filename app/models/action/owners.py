from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.location.queries import within
from app.models.user.table import Membership, User
from app.models.user.working import OWNERS


def to_choose(db: Session, actor: Actor) -> list[User]:
    """Who can own something at any place where the actor may change actions, by name."""
    on_the_way = {
        step for place in db.exec(within(actor, Permission.CHANGE_ACTION)) for step in _up(place.path)
    }
    working = select(Membership.user_id).where(
        col(Membership.location_id).in_(on_the_way), col(Membership.role).in_(OWNERS)
    )
    people = select(User).where(col(User.id).in_(working), col(User.disabled_at).is_(None))
    return list(db.exec(people.order_by(col(User.name))))


def _up(path: str) -> list[str]:
    return path.strip("/").split("/")
