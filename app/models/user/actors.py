"""From a proof of identity to the actor who asks: one query for the person, one for what they may."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.clock import now
from app.models.access import Actor, Due, Grant, Role
from app.models.location.table import Location
from app.models.user.forced_table import ForcedRole
from app.models.user.proof_table import CodeApp, Passkey
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
    .add_columns(col(Membership.created_at), col(ForcedRole.since))
    .join(Location, col(Location.id) == col(Membership.location_id))
    .outerjoin(ForcedRole, col(ForcedRole.role) == col(Membership.role))
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
    held = db.execute(HELD, {"user": user.id}).all()
    grants = tuple(Grant(Role(one.role), one.id, one.path) for one in held)
    actor = Actor(user.id, user.name, user.email, user.language, grants)
    if session is None:
        return actor
    due = None if session.strong else _due(db, session, held)
    return replace(actor, session_id=session.id, confirmed_at=session.confirmed_at, due=due)


def _due(db: Session, session: UserSession, held: Iterable[Any]) -> Due | None:
    """Asked from the day that the rule and the role came together."""
    asked = [max(one.since, one.created_at) for one in held if one.since]
    if not asked:
        return None
    return Due(has_second_factor(db, session.user_id), may_send=session.created_at < min(asked))


def has_second_factor(db: Session, user_id: str) -> bool:
    """A passkey, or an app that makes codes."""
    ways = (
        select(CodeApp.id).where(CodeApp.user_id == user_id),
        select(Passkey.id).where(Passkey.user_id == user_id),
    )
    return any(db.exec(way.limit(1)).first() for way in ways)


def touch(db: Session, session_id: str, address: str = "") -> None:
    session = db.get(UserSession, session_id)
    if session and session.last_seen_at + SEEN_EVERY < now():
        session.last_seen_at, session.network = now(), as_kept(address)
