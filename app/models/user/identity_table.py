"""Who somebody is at the organisation's own sign-in."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import Record, moment


class UserIdentity(Record, table=True):
    """Who somebody is at the organisation's own sign-in: issuer and subject together, never an e-mail address."""

    __tablename__ = "user_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    issuer: str = Field(max_length=500)
    subject: str = Field(max_length=255)
    used_at: datetime = moment(default_factory=now)


class SpentState(SQLModel, table=True):
    """The sha256 of a state that came back from there: it does so once."""

    __tablename__ = "spent_state"

    state_hash: str = Field(primary_key=True, max_length=64)
    spent_at: datetime = moment(default_factory=now, index=True)
