"""Two people, one card: who was first, and what did they do?"""

from sqlmodel import Session, col, select

from app.errors import Conflict
from app.models.action.table import ImprovementAction
from app.models.audit.table import AuditEntry

MOVES = ("action.moved", "action.reordered")


def clash(db: Session, action: ImprovementAction) -> Conflict:
    """The Conflict that names who changed or moved it last."""
    last = db.exec(
        select(AuditEntry)
        .where(AuditEntry.subject_id == action.id, col(AuditEntry.subject_kind) == "action")
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
        .limit(1)
    ).first()
    moved = last is not None and last.verb in MOVES
    who = last.actor_name.split(" ")[0] if last else ""
    return Conflict("action.moved_meanwhile" if moved else "action.changed_meanwhile", who=who)
