"""Between the first proof and the code: a sealed ticket for one browser and five minutes, and no session yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.models.user import tickets
from app.models.user.actors import actor_for, digest
from app.models.user.code_app import is_on, use
from app.models.user.table import User, Way

PURPOSE = "second step"


@dataclass(frozen=True, slots=True)
class HalfIn:
    """`wanted` is where to go afterwards; `proven_at` when the first proof was given, if that was not here."""

    user: User
    wanted: str
    way: Way
    proven_at: datetime | None = None


def ticket_for(
    db: Session, user: User, browser: str, wanted: str, way: Way, proven_at: datetime | None = None
) -> str | None:
    """None when the first proof is enough."""
    if not is_on(db, user.id):
        return None
    held = {"user": user.id, "password": _mark(user), "next": wanted, "way": way.value}
    held["proven_at"] = proven_at.isoformat() if proven_at else ""
    return tickets.issue(PURPOSE, browser, held)


def who(db: Session, ticket: str, browser: str) -> HalfIn | None:
    """Who gave the first proof; None when that was too long ago, or the password is another now."""
    held = tickets.read(ticket, PURPOSE, browser)
    user = db.get(User, held["user"]) if held else None
    if held is None or user is None or user.disabled_at or held["password"] != _mark(user):
        return None
    proven_at = held.get("proven_at")
    return HalfIn(
        user, held["next"], Way(held["way"]), datetime.fromisoformat(proven_at) if proven_at else None
    )


def fits(db: Session, user: User, code: str) -> bool:
    return use(db, user, code, by=actor_for(db, user))


def _mark(user: User) -> str:
    return digest(user.password_hash or "")
