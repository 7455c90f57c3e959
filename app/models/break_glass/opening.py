"""A beheerder breaks the glass: reading along at one place, for an hour, for a reason; never longer by itself."""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.clock import now
from app.errors import Conflict, Invalid, NotConfirmed, NotFound
from app.models.access import Actor, Permission
from app.models.audit.noting import note as log
from app.models.break_glass.queries import running
from app.models.break_glass.schemas import BreakGlassDraft
from app.models.break_glass.table import BreakGlass
from app.models.location.arranging import chosen

LASTS = timedelta(hours=1)


def open_up(db: Session, draft: BreakGlassDraft, *, by: Actor) -> BreakGlass:
    """The same form twice opens once. Invalid for a place that is open already, or with a reason used before."""
    if known := db.get(BreakGlass, draft.id):
        return _same(known, by)
    if by.session_id is None:
        raise NotConfirmed
    place = chosen(db, by, draft.location_id, Permission.BREAK_GLASS)
    if any(place.path.startswith(glass.path) for glass in running(db, by)):
        raise Invalid({"location_id": "break_glass.open_already"})
    if draft.reason.casefold() in {said.casefold() for said in _reasons(db, by)}:
        raise Invalid({"reason": "break_glass.reason_again"})
    made = BreakGlass(
        id=draft.id,
        user_id=by.id,
        location_id=place.id,
        session_id=by.session_id,
        reason=draft.reason,
        ends_at=now() + LASTS,
    )
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError:
        # The other tap of a double tap was first; PostgreSQL lets both come this far.
        return _same(db.get_one(BreakGlass, draft.id), by)
    log(db, "break_glass.opened", "break_glass", made.id, by=by, at=place.id)
    return made


def _same(known: BreakGlass, by: Actor) -> BreakGlass:
    if known.user_id != by.id:
        raise Conflict("action.id_taken")
    return known


def _reasons(db: Session, by: Actor) -> list[str]:
    return list(db.exec(select(BreakGlass.reason).where(BreakGlass.user_id == by.id)))


def close(db: Session, break_glass_id: str, *, by: Actor) -> BreakGlass:
    """Done before the hour was; only whose it is says so. Twice is once."""
    own = select(BreakGlass).where(col(BreakGlass.id) == break_glass_id, BreakGlass.user_id == by.id)
    found = db.exec(own).first()
    if found is None:
        raise NotFound
    if found.ended_at is None and found.ends_at > now():
        found.ended_at = now()
        log(db, "break_glass.closed", "break_glass", found.id, by=by, at=found.location_id)
    return found
