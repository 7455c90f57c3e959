"""Who asks, by token or by session: known before the turn to write, and before much of a body is read."""

from datetime import datetime, timedelta
from enum import Enum, auto

from fastapi import Request
from sqlmodel import Session

from app.errors import NotSignedIn, SecondFactorDue
from app.models.access import Actor
from app.models.user import actors
from app.settings import settings

COOKIE = "__Host-klantsafari"
MEANT = "klantsafari-user"


class Open(Enum):
    """For whom a route is open while a second factor is due; a route that says nothing is closed."""

    ALWAYS = auto()
    TO_SET_UP = auto()
    TO_SEND = auto()


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


def known(request: Request, db: Session) -> Actor:
    """NotSignedIn when it is nobody; else known to the rest of the request."""
    actor, _ = recognised(request, db)
    if actor is None:
        raise NotSignedIn
    request.state.actor = actor
    return actor


def asking(request: Request, db: Session) -> Actor:
    """As `known`, but for who still owes a second factor: SecondFactorDue where the route is not for them."""
    actor = known(request, db)
    if not is_whole(request, actor):
        raise SecondFactorDue
    return actor


def is_whole(request: Request, actor: Actor) -> bool:
    """Who has a second factor already may not make another before showing it: whoever stole a password would."""
    if actor.due is None:
        return True
    match getattr(request.state, "open", None):
        case Open.ALWAYS:
            return True
        case Open.TO_SET_UP:
            return not actor.due.has_one
        case Open.TO_SEND:
            return actor.due.may_send
    return False
