import secrets

from sqlmodel import Session

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
