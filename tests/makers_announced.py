"""What phones spoke of, as rows."""

from typing import Any

from sqlmodel import Session

from app.clock import new_id, now
from app.models.delivery.table import Announcement, Device
from tests.makers_note import HELD_AT

PHONE = "0190b000-0000-4000-8000-000000000001"


def announced(db: Session, user_id: str, safari_id: str | None, **fields: Any) -> str:
    """The id of a note that this user's phone spoke of and that never came."""
    made: dict[str, Any] = {"note_id": new_id(), "phone_id": PHONE, "kind": "interview", "held_at": HELD_AT}
    row = Announcement(**made | {"user_id": user_id, "safari_id": safari_id, "sha256": "0" * 64} | fields)
    db.add(row)
    db.flush()
    return row.note_id


def phone(db: Session, user_id: str, **fields: Any) -> Device:
    made: dict[str, Any] = {"phone_id": PHONE, "user_id": user_id, "name": "Chrome, Android"}
    row = Device(**made | {"seen_at": now()} | fields)
    db.add(row)
    db.flush()
    return row
