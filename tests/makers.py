"""Makes what a test needs, with sensible words where the test does not care."""

from datetime import timedelta

from sqlmodel import Session

from app.clock import new_id, now
from app.models.user.actors import digest
from app.models.user.table import UserSession
from app.recognising import COOKIE


def session_cookie(db: Session, user_id: str, *, confirmed: timedelta | None = timedelta()) -> str:
    """A Cookie header of somebody who signed in, or showed again that it is them, so long ago."""
    token = new_id()
    ends = now() + timedelta(days=90)
    proven = None if confirmed is None else now() - confirmed
    session = UserSession(user_id=user_id, token_hash=digest(token), last_seen_at=now(), expires_at=ends)
    session.confirmed_at = proven
    db.add(session)
    return f"{COOKIE}={token}"
