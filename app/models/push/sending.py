"""Taking a message from the queue, once among all senders, and writing down how it went."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlmodel import Session, col, delete, select, update

from app.clock import now
from app.models.push.subscribing import place_of
from app.models.push.table import Push, PushSubscription
from app.models.user.table import User, UserSession
from app.push import NotPushed, Phone
from app.sealing import unseal
from app.settings import settings

WAITS = tuple(timedelta(minutes=m) for m in (0.5, 2, 10, 30, 60))
TAKEN_FOR = timedelta(minutes=2)
"""A sender that was killed on the way leaves the message to the next after so long: it then comes twice, under one
tag, so that the phone shows it once."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """`phone` is None when nobody signed in there can be reached any more."""

    id: str
    phone: Phone | None
    message: dict[str, str]
    seconds: int


def is_due(db: Session) -> bool:
    return db.exec(_due(now())).first() is not None


def take(db: Session) -> Parcel | None:
    """The message that waits longest, now this sender's alone."""
    at = now()
    found = db.exec(_due(at)).first()
    if found is None:
        return None
    mine = update(Push).where(col(Push.id) == found.id, col(Push.next_try_at) == found.next_try_at)
    taken = db.exec(mine.values(next_try_at=at + TAKEN_FOR, tries=col(Push.tries) + 1))
    if taken.rowcount != 1:
        return None
    left = max(60, int((found.give_up_at - at).total_seconds()))
    message = {"title": found.title, "text": found.text, "to": found.to}
    return Parcel(found.id, _phone(db, found.subscription_id), message, left)


def _phone(db: Session, subscription_id: str) -> Phone | None:
    """Only while its sign-in lasts and its person may sign in."""
    at, days = now(), settings().session_idle_days
    there = (
        select(PushSubscription)
        .join(UserSession, col(UserSession.id) == col(PushSubscription.session_id))
        .join(User, col(User.id) == col(PushSubscription.user_id))
        .where(
            PushSubscription.id == subscription_id,
            col(UserSession.expires_at) > at,
            col(UserSession.last_seen_at) > at - timedelta(days=days),
            col(User.disabled_at).is_(None),
        )
    )
    found = db.exec(there).first()
    if found is None:
        return None
    try:
        return Phone(**json.loads(unseal(found.sealed, place=place_of(found.endpoint_hash))))
    except (InvalidTag, ValueError, TypeError):
        return None


def sent(db: Session, push_id: str) -> None:
    db.exec(delete(Push).where(col(Push.id) == push_id))


def failed(db: Session, push_id: str, trouble: NotPushed) -> None:
    """A phone that is gone loses its subscription, and with it all that waits for it."""
    push = db.get(Push, push_id)
    if push is None:
        return
    if trouble.gone:
        subscription = push.subscription_id
        db.exec(delete(Push).where(col(Push.subscription_id) == subscription))
        db.exec(delete(PushSubscription).where(col(PushSubscription.id) == subscription))
        return
    again = now() + WAITS[min(push.tries, len(WAITS)) - 1]
    if trouble.for_good or again >= push.give_up_at:
        db.delete(push)
    else:
        push.next_try_at = again


def _due(at: datetime) -> Any:
    return select(Push).where(col(Push.next_try_at) <= at).order_by(col(Push.next_try_at)).limit(1)
