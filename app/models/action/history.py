"""What happened to an action, told in order: moves and changes from the log, and what people wrote."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.models.action.table import Comment, ImprovementAction
from app.models.audit.table import AuditEntry
from app.models.user.table import User

TOLD = (
    "action.raised", "action.moved", "action.changed", "action.owned", "action.evidence_added",
    "action.step_added", "action.step_done", "action.step_undone", "action.step_removed", "action.merged",
    "action.split", "action.split_off", "action.repeated", "action.repetition_set", "action.repetition_ended",
    "action.room_asked", "action.room_given", "action.room_refused", "action.solved_on_the_spot",
    "action.file_added", "action.file_removed", "action.kept", "action.restored", "action.yardstick_set",
    "action.yardstick_removed", "action.customer_told",
)  # fmt: skip
IN_A_ROW = (
    "action.evidence_added",
    "action.step_added",
    "action.step_done",
    "action.file_added",
    "action.customer_told",
)


@dataclass(frozen=True, slots=True)
class Event:
    """`verb` is one of TOLD, or "comment" with its text; `detail` as the log has it. `times`: how often in a row."""

    at: datetime
    who: str
    who_id: str
    verb: str
    detail: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    id: str = ""
    times: int = 1


def history(db: Session, action: ImprovementAction) -> list[Event]:
    noted = db.exec(
        select(AuditEntry).where(
            AuditEntry.subject_id == action.id,
            col(AuditEntry.subject_kind) == "action",
            col(AuditEntry.verb).in_(TOLD),
        )
    )
    said = db.exec(
        select(Comment, User.name)
        .join(User, col(User.id) == col(Comment.author_id))
        .where(Comment.action_id == action.id)
    )
    events = [Event(e.at, e.actor_name, e.actor_id or "", e.verb, e.detail) for e in noted]
    events += [Event(c.created_at, name, c.author_id, "comment", text=c.text, id=c.id) for c, name in said]
    return _in_a_row(sorted(events, key=lambda event: event.at))


def _in_a_row(events: list[Event]) -> list[Event]:
    """What one person adds or ticks off one after the other is one event."""
    told: list[Event] = []
    for event in events:
        last = told[-1] if told else None
        if last and event.verb in IN_A_ROW and (last.verb, last.who_id) == (event.verb, event.who_id):
            told[-1] = replace(event, times=last.times + 1)
        else:
            told.append(event)
    return told
