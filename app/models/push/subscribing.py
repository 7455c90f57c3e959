"""A phone that asks for messages, and one that wants no more."""

import hashlib
import json

from sqlmodel import Session, col, delete, func, select

from app.errors import Forbidden, Invalid, NotFound
from app.models.access import Actor
from app.models.push.schemas import PushSubscriptionDraft
from app.models.push.table import PushSubscription
from app.models.record import put_new
from app.push import is_allowed
from app.sealing import seal
from app.settings import settings

MOST = 20
"""Phones a person."""


def place_of(endpoint_hash: str) -> str:
    return f"push_subscription.{endpoint_hash}.sealed"


def subscribe(db: Session, draft: PushSubscriptionDraft, *, by: Actor) -> None:
    """The same phone again changes nothing; under another name it is that person's from now on."""
    if not settings().has_push:
        raise NotFound
    if by.session_id is None:
        raise Forbidden
    if not is_allowed(draft.endpoint):
        raise Invalid({"endpoint": "push.unreadable"})
    own = _digest(draft.endpoint)
    others = PushSubscription.user_id == by.id, PushSubscription.endpoint_hash != own
    if db.exec(select(func.count()).select_from(PushSubscription).where(*others)).one() >= MOST:
        raise Invalid({"endpoint": "push.too_many"})
    phone = {"endpoint": draft.endpoint, "p256dh": draft.keys.p256dh, "auth": draft.keys.auth}
    db.exec(
        delete(PushSubscription).where(
            col(PushSubscription.endpoint_hash) == own, col(PushSubscription.session_id) != by.session_id
        )
    )
    made = PushSubscription(
        user_id=by.id,
        session_id=by.session_id,
        endpoint_hash=own,
        sealed=seal(json.dumps(phone), place=place_of(own)),
    )
    put_new(db, PushSubscription, [made.model_dump()])


def unsubscribe(db: Session, endpoint: str, *, by: Actor) -> None:
    mine = delete(PushSubscription).where(
        col(PushSubscription.user_id) == by.id, col(PushSubscription.endpoint_hash) == _digest(endpoint)
    )
    db.exec(mine)


def phones(db: Session, actor: Actor) -> int:
    return db.exec(
        select(func.count()).select_from(PushSubscription).where(PushSubscription.user_id == actor.id)
    ).one()


def _digest(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()
