"""Getting in and out: tries are counted before they are judged, and every sign-in is a session of its own."""

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from app.clock import now
from app.errors import TooMany
from app.models.audit.noting import note
from app.models.user.actors import actor_for, digest
from app.models.user.known_browsers import is_known, remember
from app.models.user.passwords import matches
from app.models.user.schemas import Credentials
from app.models.user.table import SignInAttempt, User, UserSession, Way
from app.networks import as_counted, as_kept
from app.settings import settings

WINDOW, DAY = timedelta(minutes=15), timedelta(days=1)
PER_ACCOUNT_AND_ADDRESS = 10
PER_ADDRESS = 50
PER_ACCOUNT_A_DAY = 100
LONG_AGO = timedelta(days=1)
"""When somebody was proven who came in by another sign-in that does not say when: no step-up follows from it."""


def knock(db: Session, email: str, address: str, browser: str = "", *, kind: str = "") -> None:
    """Counts a try before it is judged, so that tries at the same moment count too. TooMany says how long to wait.

    A browser in which this account signed in before has tries of its own: no stranger uses them up, wherever from.
    Elsewhere they are counted per address, and slowly per account. A `kind` (a code) is counted apart.
    """
    gates = _gates(db, email, address, browser, kind)
    for key, most, within in gates:
        _check(db, key, most, within)
    db.exec(delete(SignInAttempt).where(col(SignInAttempt.created_at) < now() - DAY))
    db.add_all([SignInAttempt(key=key) for key, _, _ in gates])


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
    browser: str = "",
    way: Way = Way.PASSWORD,
    proven_at: datetime | None = None,
    strong: bool = False,
) -> str:
    """Opens the session and forgets the tries that led to it; gives the token for the cookie.

    `proven_at`: when the person showed who they are, if that was not now. `strong`: with a second factor.
    """
    forget(db, user.email, address, browser)
    token = open_session(
        db,
        user,
        device=device,
        instead_of=instead_of,
        way=way,
        address=address,
        proven_at=proven_at,
        strong=strong,
    )
    remember(db, user, browser)
    return token


def forget(db: Session, email: str, address: str, browser: str = "", *, kind: str = "") -> None:
    """The tries that led to the right password: all of this browser, and as many of what it shares with others."""
    own, *shared = [key for key, _, _ in _gates(db, email, address, browser, kind)]
    tries = len(db.exec(select(SignInAttempt.id).where(SignInAttempt.key == own)).all())
    for key in shared:
        among = select(SignInAttempt.id).where(SignInAttempt.key == key)
        mine = db.exec(among.order_by(col(SignInAttempt.created_at).desc()).limit(tries))
        db.exec(delete(SignInAttempt).where(col(SignInAttempt.id).in_(list(mine))))
    db.exec(delete(SignInAttempt).where(col(SignInAttempt.key) == own))


def open_session(
    db: Session,
    user: User,
    *,
    device: str,
    instead_of: str | None = None,
    way: Way = Way.PASSWORD,
    address: str = "",
    proven_at: datetime | None = None,
    strong: bool = False,
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
        way=way,
        strong=strong,
        network=as_kept(address),
        last_seen_at=now(),
        confirmed_at=proven_at or now(),
        expires_at=now() + timedelta(days=settings().session_days),
    )
    db.add(session)
    note(db, "session.opened", "session", session.id, by=actor_for(db, user), way=way.value)
    return token


def end_session(db: Session, token: str) -> None:
    session = db.exec(select(UserSession).where(UserSession.token_hash == digest(token))).first()
    if session is None:
        return
    user = db.get_one(User, session.user_id)
    db.delete(session)
    db.flush()
    note(db, "session.closed", "session", session.id, by=actor_for(db, user))


def is_shut(db: Session, email: str, address: str, browser: str = "", *, kind: str = "") -> bool:
    """Whether the next try would be refused."""
    try:
        for key, most, within in _gates(db, email, address, browser, kind):
            _check(db, key, most, within)
    except TooMany:
        return True
    return False


Gate = tuple[str, int, timedelta]
"""A key that tries are counted under, how many, and in what time. The first is this browser's own."""


def _gates(db: Session, email: str, address: str, browser: str, kind: str) -> list[Gate]:
    whom, place = f"{kind} {email}".strip(), as_counted(address)
    if is_known(db, email, browser):
        return [(digest(f"{whom} in {browser}"), PER_ACCOUNT_AND_ADDRESS, WINDOW)]
    return [
        (digest(f"{whom} {place}"), PER_ACCOUNT_AND_ADDRESS, WINDOW),
        (digest(place), PER_ADDRESS, WINDOW),
        *([(digest(whom), PER_ACCOUNT_A_DAY, DAY)] if email else []),
    ]


def _check(db: Session, key: str, most: int, within: timedelta) -> None:
    since = now() - within
    tries = select(SignInAttempt.created_at).where(
        SignInAttempt.key == key, col(SignInAttempt.created_at) > since
    )
    recent: list[datetime] = list(db.exec(tries.order_by(col(SignInAttempt.created_at).desc()).limit(most)))
    if len(recent) == most:
        seconds = max(1, round((recent[-1] + within - now()).total_seconds()))
        raise TooMany("user.too_many", seconds=seconds, minutes=-(-seconds // 60))
