"""Notes that a phone spoke of and that are not here: one's own, and for a manager those made at their places."""

from sqlalchemy import and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.delivery.schemas import Announced
from app.models.delivery.table import Announcement, Device, Quarantine
from app.models.field_note.table import Receipt, Tombstone
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.safari.table import Safari
from app.models.user.table import Membership, User

SHOWN = 200


def not_arrived(actor: Actor) -> SelectOfScalar[Announcement]:
    """A receipt, quarantine or a tombstone ends it by itself. Of a safari that is here, the place decides who sees it;
    of one that is not, where its maker works."""
    there = ids_within(actor, Permission.LEAD_SAFARI)
    known = exists().where(col(Safari.id) == col(Announcement.safari_id))
    at_safari = exists().where(
        col(Safari.id) == col(Announcement.safari_id), col(Safari.location_id).in_(there)
    )
    by_maker = exists().where(
        col(Membership.user_id) == col(Announcement.user_id), col(Membership.location_id).in_(there)
    )
    came = [
        exists().where(col(Receipt.note_id) == col(Announcement.note_id)),
        exists().where(col(Tombstone.note_id) == col(Announcement.note_id)),
        exists().where(col(Quarantine.note_id) == col(Announcement.note_id)),
    ]
    return select(Announcement).where(
        or_(col(Announcement.user_id) == actor.id, at_safari, and_(~known, by_maker)),
        col(Announcement.settled_at).is_(None),
        *(~one for one in came),
    )


def waiting(db: Session, actor: Actor, *, safari_id: str = "", limit: int = SHOWN) -> list[Announced]:
    """The oldest first, in one query; at most `limit`."""
    wanted = not_arrived(actor)
    if safari_id:
        wanted = wanted.where(Announcement.safari_id == safari_id)
    return _shown(db, actor, wanted, limit)


def get(db: Session, actor: Actor, note_id: str) -> Announced:
    found = _shown(db, actor, not_arrived(actor).where(Announcement.note_id == note_id), 1)
    if not found:
        raise NotFound
    return found[0]


def count(db: Session, actor: Actor, *, safari_id: str = "") -> int:
    wanted = not_arrived(actor).with_only_columns(func.count())
    if safari_id:
        wanted = wanted.where(col(Announcement.safari_id) == safari_id)
    return db.execute(wanted).scalar_one()


def _shown(db: Session, actor: Actor, wanted: SelectOfScalar[Announcement], limit: int) -> list[Announced]:
    # Under names of their own: the conditions above ask these tables about other rows.
    outing, place = aliased(Safari), aliased(Location)
    named = (
        wanted.join(User, col(User.id) == col(Announcement.user_id))
        .outerjoin(
            Device,
            and_(
                col(Device.phone_id) == col(Announcement.phone_id),
                col(Device.user_id) == col(Announcement.user_id),
            ),
        )
        .outerjoin(outing, col(outing.id) == col(Announcement.safari_id))
        .outerjoin(place, col(place.id) == col(outing.location_id))
        .add_columns(col(User.name), col(Device.name), col(place.name))
        .order_by(col(Announcement.announced_at), col(Announcement.note_id))
        .limit(limit)
    )
    return [
        Announced(
            note_id=one.note_id,
            who=who,
            own=one.user_id == actor.id,
            device=device or "",
            kind=one.kind,
            place=where or "",
            safari_id=one.safari_id if where else None,
            held_at=one.held_at,
            announced_at=one.announced_at,
        )
        for one, who, device, where in db.execute(named).all()
    ]
