from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from app.clock import now
from app.models.record import Record, moment, one_of


class MailState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    GIVEN_UP = "given_up"


class Mail(Record, table=True):
    """One letter on its way. Address and text are sealed, and gone once it was sent or given up."""

    __table_args__ = (Index("ix_mail_due", "state", "next_try_at"),)

    user_id: str | None = Field(default=None, foreign_key="users.id", index=True, max_length=36)
    kind: str = Field(max_length=20)
    sealed: bytes | None = None
    state: MailState = Field(default=MailState.QUEUED, sa_type=one_of(MailState))
    tries: int = 0
    next_try_at: datetime = moment(default_factory=now)
    give_up_at: datetime = moment()
    settled_at: datetime | None = moment(default=None)
    trouble: str = Field(default="", max_length=60, description="What the mail server said last, as a code.")
