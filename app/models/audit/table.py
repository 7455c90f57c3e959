from datetime import datetime
from typing import Any

from sqlmodel import Field

from app.clock import now
from app.models.record import JSON_COLUMN, Record, moment


class AuditEntry(Record, table=True):
    """Who did what to what, and when. `detail` holds ids, steps and counts, never a customer's words."""

    __tablename__ = "audit_entry"

    at: datetime = moment(default_factory=now, index=True)
    actor_id: str | None = Field(default=None, max_length=36)
    actor_name: str = ""
    verb: str
    subject_kind: str
    subject_id: str = Field(index=True, max_length=36)
    location_id: str | None = Field(default=None, max_length=36)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_COLUMN)
