"""Who goes on safari where, and how often: set by who leads safaris there."""

from sqlmodel import Session, col, select

from app.clock import new_id, now, today
from app.errors import Invalid, NotFound
from app.models.access import Actor, Permission, Role
from app.models.audit.noting import note as log
from app.models.location import queries as locations
from app.models.location.queries import ids_within
from app.models.location.table import Location, LocationKind
from app.models.record import put_new
from app.models.rhythm.schemas import RhythmDraft
from app.models.rhythm.table import Rhythm
from app.models.user.table import Membership, User


def place(db: Session, actor: Actor, location_id: str) -> Location:
    """NotFound unless it is a place where the actor leads safaris."""
    found = locations.get(db, actor, location_id, Permission.LEAD_SAFARI)
    if found.kind != LocationKind.LOCATION:
        raise NotFound
    return found


def places(db: Session, actor: Actor) -> list[Location]:
    """Where the actor may set a rhythm, by name."""
    return locations.places(db, actor, Permission.LEAD_SAFARI)


def leaders_at(db: Session, there: Location) -> list[User]:
    """Who may lead a safari there, by name."""
    on_the_way = there.path.strip("/").split("/")
    leading = select(Membership.user_id).where(
        col(Membership.location_id).in_(on_the_way), Membership.role == Role.MANAGER
    )
    people = select(User).where(col(User.id).in_(leading), col(User.disabled_at).is_(None))
    return list(db.exec(people.order_by(col(User.name))))


def of(db: Session, there: Location, user_id: str) -> Rhythm | None:
    return db.exec(select(Rhythm).where(Rhythm.location_id == there.id, Rhythm.user_id == user_id)).first()


def set_rhythm(db: Session, there: Location, draft: RhythmDraft, *, by: Actor) -> None:
    """One a person and place: the same again changes nothing."""
    if draft.user_id not in {user.id for user in leaders_at(db, there)}:
        raise Invalid({"user_id": "field.unknown_choice"})
    values = draft.model_dump(exclude={"user_id"})
    made = {"id": new_id(), "created_at": now(), "begins_on": today(), "set_by_id": by.id}
    put_new(db, Rhythm, [made | {"location_id": there.id, "user_id": draft.user_id} | values])
    row = of(db, there, draft.user_id)
    if row is None:
        raise NotFound
    for name, value in values.items():
        setattr(row, name, value)
    row.set_by_id = by.id
    db.flush()
    log(db, "rhythm.set", "rhythm", row.id, by=by, at=there.id, weeks=draft.every_weeks)


def stop(db: Session, rhythm_id: str, *, by: Actor) -> None:
    led = col(Rhythm.location_id).in_(ids_within(by, Permission.LEAD_SAFARI))
    row = db.exec(select(Rhythm).where(Rhythm.id == rhythm_id, led)).first()
    if row is None:
        raise NotFound
    db.delete(row)
    log(db, "rhythm.stopped", "rhythm", row.id, by=by, at=row.location_id)
