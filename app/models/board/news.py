"""What happened on boards since a moment, and who may hear of it: two cheap questions for all listeners together.

The log of every change is the feed: each verb writes its line beside the change, so that nothing can be forgotten.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from app.clock import now
from app.models.access import Actor, Grant, Permission, Role
from app.models.audit.table import AuditEntry
from app.models.location.table import Location
from app.models.user.table import Membership, User, UserSession

OF_NOTES = ("note.erased", "consent.withdrawn", "contact.called")
"""What happens to a note and shows on cards: words that are gone, a customer who was told."""
MOST = 500


@dataclass(frozen=True, slots=True)
class News:
    """`action_id` is empty when it may be about any card there. `path` is the place's."""

    id: str
    action_id: str
    path: str


def since(db: Session, moment: datetime) -> Sequence[News]:
    about = or_(
        col(AuditEntry.subject_kind) == "action",
        and_(col(AuditEntry.subject_kind) == "field_note", col(AuditEntry.verb).in_(OF_NOTES)),
    )
    rows = db.exec(
        select(AuditEntry.id, AuditEntry.subject_kind, AuditEntry.subject_id, Location.path)
        .join(Location, col(Location.id) == col(AuditEntry.location_id))
        .where(col(AuditEntry.at) >= moment, about)
        .order_by(col(AuditEntry.at))
        .limit(MOST)
    )
    return [News(key, subject if kind == "action" else "", path) for key, kind, subject, path in rows]


def hearing(db: Session, session_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Session -> the tops of the trees whose board it may read. Who signed out or was disabled is not in it."""
    rows = db.exec(
        select(UserSession.id, Membership.role, Location.id, Location.path)
        .join(User, col(User.id) == col(UserSession.user_id))
        .join(Membership, col(Membership.user_id) == col(User.id))
        .join(Location, col(Location.id) == col(Membership.location_id))
        .where(
            col(UserSession.id).in_(session_ids),
            col(User.disabled_at).is_(None),
            col(UserSession.expires_at) > now(),
        )
    )
    grants: dict[str, list[Grant]] = {}
    for session_id, role, place, path in rows:
        grants.setdefault(session_id, []).append(Grant(Role(role), place, path))
    return {session_id: _tops(held) for session_id, held in grants.items()}


def _tops(held: list[Grant]) -> tuple[str, ...]:
    return Actor("", "", "", "nl", tuple(held)).paths(Permission.READ_BOARD)
