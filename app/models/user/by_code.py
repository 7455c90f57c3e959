"""Six digits by mail instead of a password: for one browser, ten minutes and five tries, one at a time a person."""

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, col, delete, func, select, update

from app.clock import now
from app.i18n import translator
from app.models.access import Actor
from app.models.mail.queueing import queue
from app.models.user.actors import digest
from app.models.user.code_table import MailedCode
from app.models.user.table import User
from app.sealing import derived

LASTS = timedelta(minutes=10)
TRIES = 5
AN_HOUR = 10
"""Codes for one person, whoever asks: more would be a way to guess, or to fill somebody's mailbox."""


def ask(db: Session, email: str, *, by: Actor | None = None) -> str:
    """The secret for the browser that asks; the code itself goes by mail. With `by` it confirms that session.

    For an address that we do not know, or that asked too often, all is the same but the letter.
    """
    user = db.exec(select(User).where(User.email == email, col(User.disabled_at).is_(None))).first()
    if user and _too_often(db, user):
        user = None
    browser, code = secrets.token_urlsafe(32), f"{secrets.randbelow(1_000_000):06}"
    day_old = now() - timedelta(days=1)
    db.exec(delete(MailedCode).where(col(MailedCode.created_at) < day_old))
    if user:
        # Kept and spent, for they count: but only the last code of a person works.
        db.exec(update(MailedCode).where(col(MailedCode.user_id) == user.id).values(spent=True))
    made = MailedCode(
        user_id=user.id if user else None,
        session_id=by.session_id if by else None,
        browser_hash=digest(browser),
        code_hash=_hash(browser, code),
        expires_at=now() + LASTS,
    )
    db.add(made)
    if user:
        subject, text = _letter(user.language, code)
        queue(db, to=user, subject=subject, text=text, kind="code", patience=LASTS)
    return browser


def try_code(db: Session, browser: str, code: str, *, by: Actor | None = None) -> User | None:
    """Whose code it is, once. The try counts before it is judged, also when two come at the same moment."""
    counted = (
        update(MailedCode)
        .where(
            col(MailedCode.browser_hash) == digest(browser),
            col(MailedCode.tries) < TRIES,
            col(MailedCode.spent).is_(False),
            col(MailedCode.expires_at) > now(),
        )
        .values(tries=col(MailedCode.tries) + 1)
    )
    if db.exec(counted).rowcount != 1:
        return None
    made = db.exec(select(MailedCode).where(MailedCode.browser_hash == digest(browser))).one()
    fits = hmac.compare_digest(made.code_hash, _hash(browser, code))
    meant = made.session_id == (by.session_id if by else None)
    if not (fits and meant and made.user_id):
        return None
    made.spent = True
    user = db.get_one(User, made.user_id)
    return user if user.disabled_at is None and (by is None or by.id == user.id) else None


def _hash(browser: str, code: str) -> str:
    """A plain hash of six digits is soon undone; this one needs the server's key and the browser's secret too."""
    return hmac.new(derived("mailed code"), f"{browser} {code}".encode(), "sha256").hexdigest()


def _too_often(db: Session, user: User) -> bool:
    since = now() - timedelta(hours=1)
    asked = select(func.count()).where(MailedCode.user_id == user.id, col(MailedCode.created_at) > since)
    return db.exec(asked).one() >= AN_HOUR


def _letter(language: str, code: str) -> tuple[str, str]:
    _: Callable[..., str] = translator(language)
    subject = _("Je code voor Klantsafari: %(code)s", code=code)
    text = _(
        "Je code is %(code)s\n\nVul hem in waar je hem vroeg. Hij werkt 10 minuten, en één keer.\n\n"
        "Heb jij dit niet gevraagd? Dan hoef je niets te doen. Geef de code aan niemand.",
        code=code,
    )
    return subject, text
