from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import JSON_COLUMN, Record, moment


class AuditEntry(Record, table=True):
    """Who did what to what, when and from where. `detail` holds ids, steps and counts, never a customer's words.

    The database itself refuses to change or remove a line.
    """

    __tablename__ = "audit_entry"

    at: datetime = moment(default_factory=now, index=True)
    actor_id: str | None = Field(default=None, max_length=36)
    actor_name: str = ""
    verb: str
    subject_kind: str
    subject_id: str = Field(index=True, max_length=36)
    location_id: str | None = Field(default=None, max_length=36)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_COLUMN)
    address: str = Field(default="", max_length=50, description="The network of whoever asked.")
    device: str = Field(default="", max_length=60, description="Such as: Chrome, Android.")


class AuditLink(SQLModel, table=True):
    """A line's place in the chain: `hash` is over the hash before it and the line itself."""

    __tablename__ = "audit_link"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    entry_id: str = Field(unique=True, max_length=36)
    hash: str = Field(max_length=64)


class AuditCheck(Record, table=True):
    """What was found when the whole chain was looked at. Without `trouble` all `lines` fit, up to `head`."""

    __tablename__ = "audit_check"

    lines: int
    head: str = Field(max_length=64)
    trouble: str | None = Field(default=None, max_length=20)
    broken_seq: int | None = None
    broken_id: str | None = Field(default=None, max_length=36)
