"""The browsers in which somebody signed in before, as OWASP's device cookies: their tries are counted apart."""

from datetime import timedelta

from sqlmodel import Session, col, delete, select

from app.clock import now
from app.models.record import put_new
from app.models.user.actors import digest
from app.models.user.proof_table import KnownBrowser
from app.models.user.table import User

KEPT = timedelta(days=400)


def is_known(db: Session, email: str, browser: str) -> bool:
    """For this account; without one, for any."""
    if not browser:
        return False
    here = select(KnownBrowser.id).where(KnownBrowser.browser_hash == digest(browser))
    if email:
        here = here.join(User, col(User.id) == col(KnownBrowser.user_id)).where(User.email == email)
    return db.exec(here).first() is not None


def remember(db: Session, user: User, browser: str) -> None:
    if not browser:
        return
    old = col(KnownBrowser.seen_at) < now() - KEPT
    db.exec(delete(KnownBrowser).where(col(KnownBrowser.user_id) == user.id, old))
    fresh = KnownBrowser(user_id=user.id, browser_hash=digest(browser), seen_at=now())
    put_new(db, KnownBrowser, [fresh.model_dump()])
    mine = select(KnownBrowser).where(
        KnownBrowser.user_id == user.id, KnownBrowser.browser_hash == digest(browser)
    )
    db.exec(mine).one().seen_at = now()


def forget_all(db: Session, user_id: str) -> None:
    """After a new password: whoever knew the old one has no tries of their own left."""
    db.exec(delete(KnownBrowser).where(col(KnownBrowser.user_id) == user_id))
