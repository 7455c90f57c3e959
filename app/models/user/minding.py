"""What a beheerder sees and ends of how somebody else comes in."""

from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from app.clock import now
from app.errors import NotFound
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.user import code_app, keying
from app.models.user.managing import check_whole
from app.models.user.proof_table import NoticeKind, Passkey
from app.models.user.queries import Person
from app.models.user.table import User, UserSession
from app.models.user.telling import tell


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody can come in."""

    password: bool
    passkeys: int
    code_app: bool
    spare_codes: int


def ways_of(db: Session, user_id: str) -> Ways:
    password = db.get_one(User, user_id).password_hash is not None
    has_app = code_app.is_on(db, user_id)
    left = code_app.spare_codes_left(db, user_id) if has_app else 0
    return Ways(password, len(keying.of(db, user_id)), has_app, left)


def sessions_of(db: Session, person: Person, *, by: Actor) -> list[UserSession]:
    check_whole(db, person, by)
    alive = select(UserSession).where(
        UserSession.user_id == person.user.id, col(UserSession.expires_at) > now()
    )
    return list(db.exec(alive.order_by(col(UserSession.last_seen_at).desc())))


def end_session(db: Session, person: Person, session_id: str, *, by: Actor) -> None:
    check_whole(db, person, by)
    own = (col(UserSession.id) == session_id) & (col(UserSession.user_id) == person.user.id)
    if db.exec(delete(UserSession).where(own)).rowcount == 0:
        raise NotFound
    _tell(db, person, by)


def end_sessions(db: Session, person: Person, *, by: Actor) -> None:
    check_whole(db, person, by)
    if db.exec(delete(UserSession).where(col(UserSession.user_id) == person.user.id)).rowcount:
        _tell(db, person, by)


def reset_code_app(db: Session, person: Person, *, by: Actor) -> None:
    """For who lost the phone and the spare codes. The person is told, so that it is never done behind their back."""
    check_whole(db, person, by)
    if code_app.forget(db, person.user.id):
        tell(db, person.user.id, NoticeKind.CODE_APP_RESET)
        note(db, "code_app.reset", "user", person.user.id, by=by)


def reset_passkeys(db: Session, person: Person, *, by: Actor) -> None:
    """For who lost the device: else nothing but the lost passkey would open an account that must show it."""
    check_whole(db, person, by)
    if db.exec(delete(Passkey).where(col(Passkey.user_id) == person.user.id)).rowcount:
        tell(db, person.user.id, NoticeKind.PASSKEYS_RESET)
        note(db, "passkey.reset", "user", person.user.id, by=by)


def _tell(db: Session, person: Person, by: Actor) -> None:
    if person.user.id != by.id:
        tell(db, person.user.id, NoticeKind.SIGNED_OUT)
    note(db, "session.closed_by_other", "user", person.user.id, by=by)
