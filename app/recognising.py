"""Who asks, by token or by session: known before the turn to write, and before much of a body is read."""

from datetime import datetime, timedelta

from fastapi import Request
from sqlmodel import Session

from app.errors import NotSignedIn
from app.models.access import Actor
from app.models.user import actors
from app.settings import settings

COOKIE = "__Host-klantsafari"
MEANT = "klantsafari-user"


def recognised(request: Request, db: Session) -> tuple[Actor | None, datetime | None]:
    """With when that session was last noted. What an open page sends for one person, is not of the next to sign in."""
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return actors.by_token(db, bearer.strip()), None
    token = request.cookies.get(COOKIE)
    idle = timedelta(days=settings().session_idle_days)
    actor, seen_at = (token and actors.by_session(db, token, idle=idle)) or (None, None)
    meant = request.headers.get(MEANT, actor.id if actor else "")
    return (actor, seen_at) if actor and actor.id == meant else (None, None)


def asking(request: Request, db: Session) -> Actor:
    """NotSignedIn when it is nobody; else known to the rest of the request."""
    actor, _ = recognised(request, db)
    if actor is None:
        raise NotSignedIn
    request.state.actor = actor
    return actor
