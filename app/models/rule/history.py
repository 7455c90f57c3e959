"""What happened to a rule, told in order from the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.models.audit.table import AuditEntry
from app.models.rule.table import Rule


@dataclass(frozen=True, slots=True)
class Event:
    """`detail` as the log has it; `times`: how often the same person did the same in a row."""

    at: datetime
    who: str
    who_id: str
    verb: str
    detail: dict[str, Any]
    times: int = 1


def history(db: Session, rule: Rule) -> list[Event]:
    mine = select(AuditEntry).where(AuditEntry.subject_kind == "rule", AuditEntry.subject_id == rule.id)
    told: list[Event] = []
    for entry in db.exec(mine.order_by(col(AuditEntry.at), col(AuditEntry.id))):
        event = Event(entry.at, entry.actor_name, entry.actor_id or "", entry.verb, entry.detail)
        last = told[-1] if told else None
        if (
            last
            and event.verb == "rule.note_added"
            and (last.verb, last.who_id) == (event.verb, event.who_id)
        ):
            told[-1] = Event(event.at, event.who, event.who_id, event.verb, event.detail, last.times + 1)
        else:
            told.append(event)
    return told
