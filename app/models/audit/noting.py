from typing import Any

from sqlmodel import Session

from app.models.access import Actor
from app.models.audit.table import AuditEntry
from app.models.audit.whence import WHENCE, device_of
from app.models.record import put
from app.networks import as_logged


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
    whence = WHENCE.get()
    entry: dict[str, Any] = {
        "verb": verb,
        "subject_kind": kind,
        "subject_id": subject_id,
        "actor_id": by.id if by else None,
        "actor_name": by.name if by else "",
        "location_id": at,
        "detail": detail,
        "address": as_logged(whence.address),
        "device": device_of(whence.agent),
    }
    if whence.at:
        entry["at"] = whence.at
    put(db, AuditEntry, entry)
