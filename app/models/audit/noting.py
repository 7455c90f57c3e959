from sqlmodel import Session

from app.models.access import Actor
from app.models.audit.table import AuditEntry
from app.models.record import put


def note(
    db: Session,
    verb: str,
    kind: str,
    subject_id: str,
    *,
    by: Actor | None,
    at: str | None = None,
    **detail: object,
) -> None:
    """Writes one line of the log beside the change itself, in the same transaction. `at` is a location's id."""
    entry = {
        "verb": verb,
        "subject_kind": kind,
        "subject_id": subject_id,
        "actor_id": by.id if by else None,
        "actor_name": by.name if by else "",
        "location_id": at,
        "detail": detail,
    }
    put(db, AuditEntry, entry)
