"""People beyond the cast."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from app.clock import new_id, now
from app.models.access import Role
from app.models.user.actors import digest
from app.models.user.table import Invitation, Membership, User
from tests.cast import Cast


def someone(db: Session, email: str, *roles: tuple[Role, str], **fields: Any) -> User:
    """someone(db, "fatima@klantsafari.example", (Role.MEMBER, cast.branch))."""
    user = User(email=email, name=email.partition("@")[0].title(), **fields)
    db.add(user)
    db.flush()
    db.add_all(Membership(user_id=user.id, role=role, location_id=place) for role, place in roles)
    db.flush()
    return user


def invitation(db: Session, **fields: Any) -> str:
    """The token of an open invitation by Anna for Fatima, to go on safari at the town hall."""
    token = new_id()
    given: dict[str, Any] = {
        "email": "fatima@klantsafari.example",
        "name": "Fatima",
        "location_id": Cast.town_hall,
        "role": Role.MEMBER,
        "invited_by_id": Cast.anna,
        "expires_at": now() + timedelta(days=14),
    }
    db.add(Invitation(token_hash=digest(token), **given | fields))
    db.flush()
    return token
