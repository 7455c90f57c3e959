"""Sign-ins that failed, in the log: that, from where and for whom when that is somebody here; never what was typed.

Once an hour a person, and once an hour a network for whom we do not know: nobody floods a log that only grows.
"""

from datetime import timedelta

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import now
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.audit.table import AuditEntry
from app.models.audit.whence import WHENCE
from app.models.user.signing_in import is_shut
from app.models.user.table import User, Way
from app.networks import as_logged

APART = timedelta(hours=1)
MOST_UNKNOWN = 20
"""An hour, however many networks somebody has."""
UNKNOWN = "unknown"


def note_failed(
    db: Session,
    way: Way,
    *,
    email: str,
    address: str,
    browser: str,
    kind: str = "",
    by: Actor | None = None,
) -> None:
    """After the try was counted: the last one that is allowed says that the door is shut for a while. `by`: who was
    signed in, and did not show that it was still them."""
    verb = "sign_in.locked" if is_shut(db, email, address, browser, kind=kind) else "sign_in.failed"
    user = db.exec(select(User).where(User.email == email)).first() if email else None
    if user is None:
        if _unknown_lately(db, verb) < MOST_UNKNOWN and not _unknown_lately(db, verb, here=True):
            note(db, verb, "sign_in", UNKNOWN, by=by, way=way.value)
    elif not db.exec(_lately(verb, user.id)).one():
        note(db, verb, "user", user.id, by=by, way=way.value, user=user.name)


def _lately(verb: str, subject_id: str) -> SelectOfScalar[int]:
    since = now() - APART
    mine = (AuditEntry.subject_id == subject_id, AuditEntry.verb == verb, col(AuditEntry.at) > since)
    return select(func.count()).where(*mine)


def _unknown_lately(db: Session, verb: str, *, here: bool = False) -> int:
    found = _lately(verb, UNKNOWN)
    return db.exec(
        found.where(AuditEntry.address == as_logged(WHENCE.get().address)) if here else found
    ).one()
