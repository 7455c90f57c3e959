"""A message is queued for each phone of a person, in the same transaction as what it tells."""

from datetime import timedelta

from sqlmodel import Session, select

from app.clock import now
from app.models.push.table import Push, PushSubscription
from app.settings import settings


def queue(db: Session, user_id: str, *, title: str, text: str, to: str, patience: timedelta) -> int:
    """For how many phones; none where push is not set. `text` names no customer and quotes nobody."""
    if not settings().has_push:
        return 0
    phones = db.exec(select(PushSubscription.id).where(PushSubscription.user_id == user_id)).all()
    ends = now() + patience
    db.add_all(Push(subscription_id=one, title=title, text=text, to=to, give_up_at=ends) for one in phones)
    db.flush()
    return len(phones)
