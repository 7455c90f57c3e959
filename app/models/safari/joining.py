"""Going along: whoever may record somewhere can join by the link, also at a place that is not theirs."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.errors import Conflict, Forbidden
from app.models.access import Actor, Permission
from app.models.audit.noting import note
from app.models.safari.queries import is_in
from app.models.safari.table import Safari, SafariParticipant, SafariState


def join(db: Session, safari: Safari, *, by: Actor) -> None:
    if not by.may(Permission.RECORD_NOTE):
        raise Forbidden
    if is_in(db, by, safari):
        return
    if safari.state == SafariState.CLOSED:
        raise Conflict("safari.closed_to_join")
    try:
        with db.begin_nested():
            db.add(SafariParticipant(safari_id=safari.id, user_id=by.id))
    except IntegrityError:
        # The other tap of a double tap was first; PostgreSQL lets both come this far.
        return
    note(db, "safari.joined", "safari", safari.id, by=by, at=safari.location_id)
