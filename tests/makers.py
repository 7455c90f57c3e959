"""Makes what a test needs, with sensible words where the test does not care."""

from datetime import timedelta

from sqlmodel import Session

from app.clock import new_id, now
from app.models.user.actors import digest
from app.models.user.table import UserSession
from app.recognising import COOKIE


def session_cookie(db: Session, user_id: str) -> str:
    """A Cookie header of somebody who signed in just now."""
    token = new_id()
    ends = now() + timedelta(days=90)
    db.add(UserSession(user_id=user_id, token_hash=digest(token), last_seen_at=now(), expires_at=ends))
    return f"{COOKIE}={token}"
