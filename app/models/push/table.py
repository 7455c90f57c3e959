from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from app.clock import now
from app.models.record import Record, moment


class PushSubscription(Record, table=True):
    """One phone that wants messages. It hangs on a sign-in, and goes with it: signed out is silent."""

    __tablename__ = "push_subscription"

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    session_id: str = Field(foreign_key="user_session.id", index=True, max_length=36, ondelete="CASCADE")
    endpoint_hash: str = Field(unique=True, max_length=64)
    sealed: bytes = Field(description="Its address and keys: who has them can send.")


class Push(Record, table=True):
    """One message on its way to one phone: numbers, never a customer's words. It is gone once sent or given up."""

    __table_args__ = (Index("ix_push_due", "next_try_at"),)

    subscription_id: str = Field(
        foreign_key="push_subscription.id", index=True, max_length=36, ondelete="CASCADE"
    )
    title: str = Field(max_length=100)
    text: str = Field(max_length=1000)
    to: str = Field(max_length=200)
    tries: int = 0
    next_try_at: datetime = moment(default_factory=now)
    give_up_at: datetime = moment()
