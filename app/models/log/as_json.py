from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from sqlmodel import Session

from app.models.access import Actor
from app.models.log import queries
from app.models.log.filter import LogFilter
from app.models.paging import Page


class LogLineOut(BaseModel):
    """Who did what to what, when and from where. `detail` holds ids, steps and counts."""

    id: str
    at: datetime
    verb: str
    kind: str
    subject_id: str
    actor_id: str | None
    actor: str
    location_id: str | None
    address: str = Field(description="The network of whoever asked, such as 203.0.113.0/24.")
    device: str
    detail: dict[str, Any]
    seq: int | None = Field(description="Place in the chain; null as long as it is not chained yet.")


def page(db: Session, actor: Actor, only: LogFilter, *, limit: int, cursor: str) -> Page[LogLineOut]:
    found = queries.page(db, actor, only, limit=limit, cursor=cursor)
    return Page([_shown(line) for line in found.items], found.next)


def _shown(line: queries.Line) -> LogLineOut:
    told = line.entry.model_dump(exclude={"created_at", "subject_kind", "actor_name"})
    return LogLineOut(**told, kind=line.entry.subject_kind, actor=line.entry.actor_name, seq=line.seq)
