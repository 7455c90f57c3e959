"""The first people: by the setup page on an empty database, or by a command."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlmodel import Session, select

from app.clock import new_id
from app.errors import Invalid
from app.models.access import Role
from app.models.audit.noting import note
from app.models.location.table import Location
from app.models.user.actors import actor_for
from app.models.user.passwords import hash_password
from app.models.user.strength import weakness
from app.models.user.table import Membership, User


def is_empty(db: Session) -> bool:
    return db.exec(select(User.id).limit(1)).first() is None


def alone(db: Session) -> bool:
    """Whether this is the first to set up; a second one at the same moment waits, and hears no."""
    if db.get_bind().dialect.name == "postgresql":
        db.connection().execute(text("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE"))
    return is_empty(db)


def create(
    db: Session,
    *,
    email: str,
    name: str,
    hashed: str | None,
    roles: Iterable[Role],
    at: Location,
    language: str = "nl",
    known_as: str | None = None,
) -> User:
    """A user with these roles at one place; `hashed` is the password's own hash, `known_as` an id given before."""
    user = User(id=known_as or new_id(), email=email, name=name, language=language, password_hash=hashed)
    db.add(user)
    db.flush()
    db.add_all(Membership(user_id=user.id, location_id=at.id, role=role) for role in roles)
    db.flush()
    note(db, "user.created", "user", user.id, by=actor_for(db, user), at=at.id)
    return user


def create_from_sso(db: Session, *, email: str, name: str, language: str) -> User:
    """Somebody who came in by the organisation's own sign-in: without a password, and without a role yet."""
    called = " ".join(name.split())[:120] or email.partition("@")[0]
    user = User(email=email, name=called, language=language)
    db.add(user)
    db.flush()
    note(db, "user.created", "user", user.id, by=actor_for(db, user), sso=True)
    return user


def hashed_password(password: str, email: str) -> str:
    """Invalid when it is easily guessed. Slow: not for the turn to write."""
    check_password(password, email)
    return hash_password(password)


def check_password(password: str, email: str, *, field: str = "password") -> None:
    if weak := weakness(password, names=(email.partition("@")[0],)):
        raise Invalid({field: weak})
