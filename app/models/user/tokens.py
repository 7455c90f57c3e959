import secrets

from sqlmodel import Session, col, or_, select

from app.errors import NotFound
from app.models.audit.noting import note
from app.models.user.actors import actor_for, digest
from app.models.user.table import ApiToken, User


def create(db: Session, user: User, *, name: str = "") -> str:
    """A bearer token that acts as this user; the plain token is given once, and only its sha256 kept."""
    token = secrets.token_urlsafe(32)
    made = ApiToken(user_id=user.id, token_hash=digest(token), name=name)
    db.add(made)
    db.flush()
    note(db, "token.created", "token", made.id, by=actor_for(db, user))
    return token


def owner(db: Session, email_or_id: str) -> User:
    """Who can sign in under this e-mail address or id; NotFound otherwise."""
    named = or_(col(User.email) == email_or_id.lower(), col(User.id) == email_or_id)
    user = db.exec(select(User).where(named, col(User.disabled_at).is_(None))).first()
    if user is None:
        raise NotFound("user.unknown", user=email_or_id)
    return user
