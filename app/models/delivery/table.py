"""What is known of notes on their way: the phones, what they said they hold, and what came in but does not fit."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import JSON_COLUMN, Record, moment, one_of


class Verdict(StrEnum):
    REPAIRED = "repaired"
    DISCARDED = "discarded"


class Device(Record, table=True):
    """One browser of one user. `phone_id` was made on the phone; two users of one phone are two rows."""

    __table_args__ = (UniqueConstraint("phone_id", "user_id"),)

    phone_id: str = Field(max_length=36)
    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    name: str = Field(
        default="", max_length=200, description="Kind of browser and system, such as Chrome, Android."
    )
    seen_at: datetime = moment(default_factory=now)
    unsent: int = Field(
        default=0, description="Notes on the phone at its last manifest that were not here yet."
    )
    oldest_at: datetime | None = moment(
        default=None, description="By the phone's clock: when the oldest of those was held."
    )


class Announcement(SQLModel, table=True):
    """A phone said that it holds this note. Without a receipt it has not arrived; the first word of it stays."""

    note_id: str = Field(primary_key=True, max_length=36)
    phone_id: str = Field(index=True, max_length=36)
    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    safari_id: str | None = Field(default=None, max_length=36)
    kind: str = Field(default="", max_length=20)
    sha256: str = Field(max_length=64)
    held_at: datetime | None = moment(default=None)
    announced_at: datetime = moment(default_factory=now)
    settled_at: datetime | None = moment(
        default=None, description="Somebody said that it will not come any more."
    )
    settled_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    reason: str = ""


class Quarantine(Record, table=True):
    """Bytes that can be read but do not fit: kept sealed, under their id and hash, until a person decides."""

    __table_args__ = (UniqueConstraint("note_id", "revision", "sha256"),)

    note_id: str = Field(index=True, max_length=36)
    revision: int = 1
    sha256: str = Field(max_length=64)
    sealed: bytes = Field(sa_type=LargeBinary)
    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    safari_id: str | None = Field(default=None, index=True, max_length=36)
    location_id: str | None = Field(default=None, foreign_key="location.id", index=True, max_length=36)
    faults: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON_COLUMN, description="{field: [code, details]}"
    )
    verdict: Verdict | None = Field(default=None, sa_type=one_of(Verdict))
    reason: str = ""
    settled_at: datetime | None = moment(default=None)
    settled_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
