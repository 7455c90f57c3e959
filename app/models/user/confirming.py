"""Step-up: the person of a session shows again that it is them, and the session gets a new token."""

import secrets

from sqlmodel import Session

from app.clock import now
from app.errors import Invalid, NotFound
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.user import code_app
from app.models.user.actors import digest
from app.models.user.passwords import matches
from app.models.user.signing_in import forget
from app.models.user.table import User, UserSession


def judge(db: Session, password: str, *, by: Actor) -> bool:
    """Slow: not for the turn to write. Tries are counted as at sign-in (`signing_in.knock`)."""
    return matches(password, db.get_one(User, by.id).password_hash)


def check_code(db: Session, typed: str, *, by: Actor) -> bool:
    """Whoever has a code app, types a code beside the password. Whether there was one."""
    if not code_app.is_on(db, by.id):
        return False
    if not code_app.use(db, db.get_one(User, by.id), typed, by=by):
        raise Invalid({"code": "code_app.wrong"})
    return True


def confirm(db: Session, *, by: Actor, address: str, browser: str = "", strong: bool = False) -> str:
    """The token for the cookie; the former one is worth nothing from now on. NotFound without a session.

    `strong`: a second factor was shown. What was shown in a session before stays shown.
    """
    session = db.get(UserSession, by.session_id) if by.session_id else None
    if session is None:
        raise NotFound
    token = secrets.token_urlsafe(32)
    session.token_hash, session.confirmed_at = digest(token), now()
    session.strong = session.strong or strong
    forget(db, by.email, address, browser)
    note(db, "session.confirmed", "session", session.id, by=by)
    return token
