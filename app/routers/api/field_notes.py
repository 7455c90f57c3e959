from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.models.access import Actor, Permission
from app.models.field_note import recording
from app.models.field_note.schemas import NoteDraft, NoteId, ReceiptOut
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/api/v1/field-notes", tags=["field notes"])


@router.put("/{note_id}", responses={201: {"model": ReceiptOut}})
async def record(
    note_id: NoteId,
    draft: NoteDraft,
    request: Request,
    response: Response,
    db: Db,
    actor: Annotated[Actor, may(Permission.RECORD_NOTE)],
) -> ReceiptOut:
    """201 when new, 200 with the same receipt when these bytes came before, 409 when other bytes did."""
    receipt, is_new = recording.record(db, note_id, draft, sent=await request.body(), by=actor)
    response.status_code = 201 if is_new else 200
    return receipt
