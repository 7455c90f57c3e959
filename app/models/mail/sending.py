"""Taking a letter from the queue, once among all senders, and writing down how it went."""

import json
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from sqlmodel import Session, col, delete, select, update

from app.clock import now
from app.mail import Letter, NotSent
from app.models.mail.queueing import place_of
from app.models.mail.table import Mail, MailState
from app.sealing import unseal

WAITS = tuple(timedelta(minutes=m) for m in (0.5, 2, 10, 30, 60, 180, 360))
"""Between tries; the last one again and again until the letter is given up."""
TAKEN_FOR = timedelta(minutes=5)
"""A sender that was killed on the way leaves the letter to the next after so long: it may then arrive twice."""
KEPT = timedelta(days=90)


def is_due(db: Session) -> bool:
    return db.exec(_due(now())).first() is not None


def take(db: Session) -> tuple[Mail, Letter | None] | None:
    """The letter that waits longest, now this sender's alone. Without words: they can no longer be read."""
    at = now()
    found = db.exec(_due(at)).first()
    if found is None:
        return None
    mine = update(Mail).where(col(Mail.id) == found.id, col(Mail.next_try_at) == found.next_try_at)
    taken = db.exec(
        mine.where(col(Mail.state) == MailState.QUEUED).values(
            next_try_at=at + TAKEN_FOR, tries=col(Mail.tries) + 1
        )
    )
    if taken.rowcount != 1:
        return None
    db.refresh(found)
    return found, _opened(found)


def sent(db: Session, mail_id: str) -> None:
    mail = db.get_one(Mail, mail_id)
    mail.trouble = ""
    _settle(mail, MailState.SENT)
    old = now() - KEPT
    db.exec(delete(Mail).where(col(Mail.settled_at) < old))


def failed(db: Session, mail_id: str, trouble: NotSent) -> None:
    """Tried again later, until it is too late for it or will never work."""
    mail = db.get_one(Mail, mail_id)
    mail.trouble = trouble.why
    again = now() + WAITS[min(mail.tries, len(WAITS)) - 1]
    if trouble.for_good or again >= mail.give_up_at:
        _settle(mail, MailState.GIVEN_UP)
    else:
        mail.next_try_at = again


def _settle(mail: Mail, state: MailState) -> None:
    mail.state, mail.sealed, mail.settled_at = state, None, now()


def _due(at: datetime):  # type: ignore[no-untyped-def]
    queued = select(Mail).where(Mail.state == MailState.QUEUED, col(Mail.next_try_at) <= at)
    return queued.order_by(col(Mail.next_try_at)).limit(1)


def _opened(mail: Mail) -> Letter | None:
    try:
        words = json.loads(unseal(mail.sealed or b"", place=place_of(mail.id)))
    except (InvalidTag, ValueError):
        return None
    return Letter(mail.id, words["to"], words["name"], words["subject"], words["text"])
