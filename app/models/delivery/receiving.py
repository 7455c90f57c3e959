"""One note as a phone sent it: recorded, or refused with a reason, and either way nothing half."""

from dataclasses import dataclass

from pydantic import ValidationError
from sqlmodel import Session

from app.errors import Conflict, Forbidden, Gone, Invalid, NotFound, Problem
from app.models.access import Actor
from app.models.field_note import queries, recording
from app.models.field_note.as_json import NoteOut, shown
from app.models.field_note.schemas import NoteDraft, ReceiptOut

STATUS: dict[type[Problem], int] = {NotFound: 404, Forbidden: 403, Conflict: 409, Gone: 410, Invalid: 422}


@dataclass(frozen=True, slots=True)
class Received:
    """`status` as over HTTP: 201 new, 200 known, otherwise refused with a `fault`; `current` is what stands here."""

    status: int
    receipt: ReceiptOut | None = None
    fault: Problem | None = None
    current: NoteOut | None = None


def receive(db: Session, note_id: str, sent: bytes, *, based_on: int | None, by: Actor) -> Received:
    """Takes in the bytes under that id, in a savepoint of their own. `based_on` is the revision an edit began from."""
    try:
        draft = NoteDraft.model_validate_json(sent)
    except ValidationError:
        return Received(400, fault=Problem("note.unreadable"))
    try:
        with db.begin_nested():
            receipt, is_new = recording.record(db, note_id, draft, sent=sent, by=by)
    except Conflict as differs:
        return Received(409, fault=differs, current=shown(db, [queries.get(db, by, note_id)])[0])
    except Problem as refused:
        status = next((code for kind, code in STATUS.items() if isinstance(refused, kind)), 422)
        return Received(status, fault=refused)
    return Received(201 if is_new else 200, receipt)
