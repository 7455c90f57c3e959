"""Two people, one card: who was first, and what did they do?"""

from sqlmodel import Session, col, select

from app.errors import Conflict
from app.models.action.table import ImprovementAction
from app.models.audit.table import AuditEntry

MOVES = ("action.moved", "action.reordered")
CHANGES = ("action.changed", "action.owned")


def clash(db: Session, action: ImprovementAction) -> Conflict:
    """The Conflict that names who changed or moved it last."""
    last = db.exec(
        select(AuditEntry)
        .where(
            AuditEntry.subject_id == action.id,
            col(AuditEntry.subject_kind) == "action",
            col(AuditEntry.verb).in_((*MOVES, *CHANGES)),
        )
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
        .limit(1)
    ).first()
    if last is None:
        return Conflict("action.somebody_was_first")
    code = "action.moved_meanwhile" if last.verb in MOVES else "action.changed_meanwhile"
    return Conflict(code, who=last.actor_name.split(" ")[0])
