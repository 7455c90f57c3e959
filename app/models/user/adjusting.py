"""What people do with their own account."""

from sqlmodel import Session, col, delete, select

from app.errors import Invalid, NotConfirmed, NotFound
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.user.known_browsers import forget_all, remember
from app.models.user.passwords import hash_password, matches
from app.models.user.schemas import PasswordChange, ProfileChanges
from app.models.user.setting_up import check_password
from app.models.user.signing_in import forget, knock
from app.models.user.table import User, UserSession


def change_profile(db: Session, changes: ProfileChanges, *, by: Actor) -> None:
    user = db.get_one(User, by.id)
    user.name, user.language = changes.name, changes.language
    note(db, "user.changed", "user", by.id, by=by)


def try_password(
    db: Session, change: PasswordChange, *, by: Actor, address: str, browser: str, confirmed: bool
) -> None:
    """Counts a try with the old password before it is judged, as at sign-in; Invalid when the new one is weak.

    Who came by passkey and chooses a first password, has no old one to show: `confirmed` is then what counts.
    """
    check_password(change.new, by.email, field="new")
    if db.get_one(User, by.id).password_hash is None and not confirmed:
        raise NotConfirmed
    knock(db, by.email, address, browser)


def judged(db: Session, change: PasswordChange, *, by: Actor) -> str:
    """The hash of the new password, when the old one fits. Slow: not for the turn to write."""
    stored = db.get_one(User, by.id).password_hash
    if stored and not matches(change.old, stored):
        raise Invalid({"old": "user.wrong_password"})
    return hash_password(change.new)


def change_password(db: Session, hashed: str, *, by: Actor, address: str, browser: str = "") -> None:
    """Ends the person's other sessions: whoever knew the old password is out."""
    user = db.get_one(User, by.id)
    user.password_hash = hashed
    forget(db, by.email, address, browser)
    forget_all(db, by.id)
    remember(db, user, browser)
    _end_others(db, by)
    note(db, "user.password_changed", "user", by.id, by=by)


def replace_password(db: Session, user: User, password: str) -> None:
    """For a command on the server itself, when somebody lost theirs. Ends every session."""
    check_password(password, user.email)
    user.password_hash = hash_password(password)
    forget_all(db, user.id)
    db.exec(delete(UserSession).where(col(UserSession.user_id) == user.id))
    note(db, "user.password_replaced", "user", user.id, by=None)


def end_others(db: Session, *, by: Actor) -> None:
    note(db, "session.others_closed", "user", by.id, by=by, sessions=_end_others(db, by))


def _end_others(db: Session, by: Actor) -> int:
    others = delete(UserSession).where(col(UserSession.user_id) == by.id)
    return db.exec(others.where(col(UserSession.id) != by.session_id) if by.session_id else others).rowcount


def end_device(db: Session, session_id: str, *, by: Actor) -> None:
    own = select(UserSession).where(UserSession.id == session_id, UserSession.user_id == by.id)
    session = db.exec(own).first()
    if session is None:
        raise NotFound
    db.delete(session)
    note(db, "session.closed", "session", session_id, by=by)
