"""What hangs on an action, and when who goes on safari."""

from typing import Any

from sqlmodel import Session

from app import storage
from app.clock import now, today
from app.models.action.extra_table import SubStep
from app.models.action.table import ActionKind, ImprovementAction, Room
from app.models.attachment.table import ActionFile, FileKind
from app.models.rhythm.table import CalendarLink, Rhythm
from app.models.user.actors import digest
from tests.cast import Cast


def around_action(db: Session, action: ImprovementAction) -> dict[str, str]:
    """What hangs on it, another to merge it into, and one that waits for Bas."""
    same: dict[str, Any] = {"location_id": Cast.town_hall, "kind": ActionKind.CLEAR, "moved_at": now()}
    other = ImprovementAction(title="Eén loket", **same)
    waiting = ImprovementAction(
        title="Geef geld terug", room=Room.WAITING, room_from="Bas", room_from_id=Cast.bas, **same
    )
    step = SubStep(action_id=action.id, text="Vraag het na", position=1.0)
    file = ActionFile(
        action_id=action.id, kind=FileKind.PHOTO, name="foto.jpg", sha256="5" * 64, media_type="image/jpeg", size=7,
        blob=storage.put(b"example"), thumbnail=storage.put(b"example"), added_by_id=Cast.bas,
    )  # fmt: skip
    db.add_all([other, waiting, step, file])
    db.flush()
    ids = {"step_id": step.id, "file_id": file.id, "manager_id": Cast.bas}
    return ids | {"other_action_id": other.id, "waiting_action_id": waiting.id}


def of_rhythm(db: Session) -> dict[str, str]:
    rhythm = Rhythm(location_id=Cast.town_hall, user_id=Cast.bas, every_weeks=4, begins_on=today())
    db.add_all([rhythm, CalendarLink(user_id=Cast.bas, token_hash=digest("a-calendar"))])
    db.flush()
    return {"rhythm_id": rhythm.id, "calendar_token": "a-calendar"}
