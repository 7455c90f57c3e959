from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.safari.table import Safari, SafariParticipant, SafariState
from app.models.user.table import User


@dataclass(frozen=True, slots=True)
class Outing:
    """A safari with where it is and who leads it."""

    safari: Safari
    place: Location
    leader: User


def joined_by(actor: Actor) -> SelectOfScalar[str]:
    return select(SafariParticipant.safari_id).where(SafariParticipant.user_id == actor.id)


def mine(actor: Actor) -> ColumnElement[bool]:
    return or_(col(Safari.leader_id) == actor.id, col(Safari.id).in_(joined_by(actor)))


def seen_by(actor: Actor) -> ColumnElement[bool]:
    return or_(col(Safari.location_id).in_(ids_within(actor, Permission.READ_NOTE)), mine(actor))


def visible_to(actor: Actor) -> SelectOfScalar[Safari]:
    """Safaris at the actor's own locations, and those the actor leads or joined."""
    return select(Safari).where(seen_by(actor))


def get(db: Session, actor: Actor, safari_id: str) -> Safari:
    found = db.exec(visible_to(actor).where(Safari.id == safari_id)).first()
    if found is None:
        raise NotFound
    return found


def by_code(db: Session, code: str) -> Safari:
    """Whoever holds the link may see what it leads to, so this asks for no actor."""
    found = db.exec(select(Safari).where(Safari.join_code == code)).first()
    if found is None:
        raise NotFound("safari.unknown_link")
    return found


def outing(db: Session, safari: Safari) -> Outing:
    place, leader = db.get_one(Location, safari.location_id), db.get_one(User, safari.leader_id)
    return Outing(safari, place, leader)


def leads(db: Session, actor: Actor, safari: Safari) -> bool:
    """May the actor begin and close it: the leader, and whoever leads safaris at that place."""
    path = db.get_one(Location, safari.location_id).path
    return actor.id == safari.leader_id or actor.may(Permission.LEAD_SAFARI, at=path)


def is_in(db: Session, actor: Actor, safari: Safari) -> bool:
    """Does the actor lead it, or has the actor joined it?"""
    joined = db.get(SafariParticipant, (safari.id, actor.id))
    return joined is not None or actor.id == safari.leader_id


def participants(db: Session, safari: Safari) -> Sequence[User]:
    """Those who joined, in that order; without the leader."""
    joined = (
        select(User)
        .join(SafariParticipant, col(SafariParticipant.user_id) == col(User.id))
        .where(SafariParticipant.safari_id == safari.id, User.id != safari.leader_id)
    )
    return db.exec(joined.order_by(col(SafariParticipant.joined_at), col(User.name))).all()


def running_for(db: Session, actor: Actor) -> Safari | None:
    """The running safari that the actor leads or joined; the newest when there are more."""
    running = select(Safari).where(mine(actor), Safari.state == SafariState.RUNNING)
    return db.exec(running.order_by(col(Safari.started_at).desc()).limit(1)).first()


def last_led_by(db: Session, actor: Actor) -> Safari | None:
    """The one that began last; a planned one has not been led yet."""
    led = select(Safari).where(Safari.leader_id == actor.id, col(Safari.started_at).is_not(None))
    return db.exec(led.order_by(col(Safari.started_at).desc(), col(Safari.id).desc()).limit(1)).first()
