"""Getting in and out: tries are counted before they are judged, and every sign-in is a session of its own."""

import ipaddress
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from app.clock import now
from app.errors import TooMany
from app.models.audit.noting import note
from app.models.user.actors import actor_for, digest
from app.models.user.passwords import matches
from app.models.user.schemas import Credentials
from app.models.user.table import SignInAttempt, User, UserSession
from app.settings import settings

WINDOW = timedelta(minutes=15)
PER_ACCOUNT_AND_ADDRESS = 10
PER_ADDRESS = 50
LONG_AGO = timedelta(days=1)
"""When somebody was proven who came in by another sign-in that does not say when: no step-up follows from it."""


def knock(db: Session, email: str, address: str) -> None:
    """Counts a try before it is judged, so that tries at the same moment count too. TooMany says how long to wait.

    A stranger locks out only their own address, never the owner elsewhere.
    """
    pair, place = _keys(email, address)
    _check(db, pair, PER_ACCOUNT_AND_ADDRESS)
    _check(db, place, PER_ADDRESS)
    db.exec(delete(SignInAttempt).where(col(SignInAttempt.created_at) < now() - WINDOW))
    db.add_all([SignInAttempt(key=pair), SignInAttempt(key=place)])


def judge(db: Session, given: Credentials) -> User | None:
    """The user, when the password fits. Unknown, wrong and disabled take as long, and look the same."""
    user = db.exec(select(User).where(User.email == given.email)).first()
    fits = matches(given.password, user.password_hash if user else None)
    return user if user and fits and user.disabled_at is None else None


def admit(
    db: Session,
    user: User,
    *,
    address: str,
    device: str,
    instead_of: str | None = None,
    proven_at: datetime | None = None,
) -> str:
    """Opens the session and forgets the tries that led to it; gives the token for the cookie.

    `proven_at`: when the person showed who they are, if that was not now.
    """
    forget(db, user.email, address)
    return open_session(db, user, device=device, instead_of=instead_of, proven_at=proven_at)


def forget(db: Session, email: str, address: str) -> None:
    """The tries that led to the right password."""
    pair, place = _keys(email, address)
    tries = len(db.exec(select(SignInAttempt.id).where(SignInAttempt.key == pair)).all())
    own = select(SignInAttempt.id).where(SignInAttempt.key == place)
    mine = own.order_by(col(SignInAttempt.created_at).desc()).limit(tries)
    db.exec(delete(SignInAttempt).where(col(SignInAttempt.id).in_(list(db.exec(mine)))))
    db.exec(delete(SignInAttempt).where(col(SignInAttempt.key) == pair))


def open_session(
    db: Session,
    user: User,
    *,
    device: str,
    instead_of: str | None = None,
    proven_at: datetime | None = None,
) -> str:
    """A new session; the one this browser had (`instead_of`, its token) ends. Only the token's sha256 is kept."""
    if instead_of:
        end_session(db, instead_of)
    over = col(UserSession.expires_at) < now()
    db.exec(delete(UserSession).where(col(UserSession.user_id) == user.id, over))
    token = secrets.token_urlsafe(32)
    session = UserSession(
        user_id=user.id,
        token_hash=digest(token),
        device=device,
        last_seen_at=now(),
        confirmed_at=proven_at or now(),
        expires_at=now() + timedelta(days=settings().session_days),
    )
    db.add(session)
    note(db, "session.opened", "session", session.id, by=actor_for(db, user))
    return token


def end_session(db: Session, token: str) -> None:
    session = db.exec(select(UserSession).where(UserSession.token_hash == digest(token))).first()
    if session is None:
        return
    user = db.get_one(User, session.user_id)
    db.delete(session)
    db.flush()
    note(db, "session.closed", "session", session.id, by=actor_for(db, user))


def _keys(email: str, address: str) -> tuple[str, str]:
    place = _network(address)
    return digest(f"{email} {place}"), digest(place)


def _network(address: str) -> str:
    """One household or office holds a whole /64 of IPv6 addresses: it counts as one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((int(known) >> 64 << 64, 64)))


def _check(db: Session, key: str, most: int) -> None:
    since = now() - WINDOW
    tries = select(SignInAttempt.created_at).where(
        SignInAttempt.key == key, col(SignInAttempt.created_at) > since
    )
    recent: list[datetime] = list(db.exec(tries.order_by(col(SignInAttempt.created_at).desc()).limit(most)))
    if len(recent) == most:
        seconds = max(1, round((recent[-1] + WINDOW - now()).total_seconds()))
        raise TooMany("user.too_many", seconds=seconds, minutes=-(-seconds // 60))
