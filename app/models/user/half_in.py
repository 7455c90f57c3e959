"""Between the password and the code: a sealed ticket for one browser and five minutes, and no session yet."""

from sqlmodel import Session

from app.models.user import tickets
from app.models.user.actors import actor_for, digest
from app.models.user.code_app import is_on, use
from app.models.user.table import User

PURPOSE = "second step"


def ticket_for(db: Session, user: User, browser: str, wanted: str) -> str | None:
    """None when the password is enough. `wanted` is where to go afterwards."""
    if not is_on(db, user.id):
        return None
    held = {"user": user.id, "password": _mark(user), "next": wanted}
    return tickets.issue(PURPOSE, browser, held)


def who(db: Session, ticket: str, browser: str) -> tuple[User, str] | None:
    """Who gave the right password, and where to go; None when that was too long ago, or the password is another now."""
    held = tickets.read(ticket, PURPOSE, browser)
    user = db.get(User, held["user"]) if held else None
    if held is None or user is None or user.disabled_at or held["password"] != _mark(user):
        return None
    return user, held["next"]


def fits(db: Session, user: User, code: str) -> bool:
    return use(db, user, code, by=actor_for(db, user))


def _mark(user: User) -> str:
    return digest(user.password_hash or "")
