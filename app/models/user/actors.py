"""From a proof of identity to the actor who asks: one query for the person, one for what they may."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.clock import now
from app.models.access import Actor, Grant, Role
from app.models.location.table import Location
from app.models.user.table import ApiToken, Membership, User, UserSession
from app.networks import as_kept

SEEN_EVERY = timedelta(hours=1)

# Every request asks these; made once, because making a statement takes longer than asking it.
OF_TOKEN = (
    select(User)
    .join(ApiToken, col(ApiToken.user_id) == col(User.id))
    .where(
        col(ApiToken.token_hash) == bindparam("hash"),
        col(ApiToken.revoked_at).is_(None),
        col(User.disabled_at).is_(None),
    )
)
HELD = (
    select(Membership.role, Location.id, Location.path)
    .join(Location, col(Location.id) == col(Membership.location_id))
    .where(col(Membership.user_id) == bindparam("user"))
)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def by_session(db: Session, token: str, *, idle: timedelta) -> tuple[Actor, datetime] | None:
    """The actor and when the session was last seen; None when it ended, was revoked or the user is disabled."""
    found = db.exec(
        select(UserSession, User)
        .join(User, col(User.id) == col(UserSession.user_id))
        .where(UserSession.token_hash == digest(token), col(User.disabled_at).is_(None))
    ).first()
    if found is None:
        return None
    session, user = found
    if session.expires_at < now() or session.last_seen_at + idle < now():
        return None
    return actor_for(db, user, session=session), session.last_seen_at


def by_token(db: Session, token: str) -> Actor | None:
    user = db.execute(OF_TOKEN, {"hash": digest(token)}).scalar()
    return actor_for(db, user) if user else None


def actor_for(db: Session, user: User, *, session: UserSession | None = None) -> Actor:
    grants = tuple(
        Grant(Role(role), place, path) for role, place, path in db.execute(HELD, {"user": user.id})
    )
    of = (session.id, session.confirmed_at) if session else (None, None)
    return Actor(user.id, user.name, user.email, user.language, grants, *of)


def touch(db: Session, session_id: str, address: str = "") -> None:
    session = db.get(UserSession, session_id)
    if session and session.last_seen_at + SEEN_EVERY < now():
        session.last_seen_at, session.network = now(), as_kept(address)
