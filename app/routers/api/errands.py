"""A safari that began or ended without a connection: its phone sends the same bytes until it hears of them."""

import hashlib
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.clock import now
from app.models.access import Actor, Permission
from app.models.field_note.schemas import NoteId, ReceiptOut
from app.models.safari import arriving
from app.models.safari.schemas import BegunDraft, EndedDraft
from app.routers.api.shared import FAILING, READING, WRITING
from app.routers.dependencies import TO_SEND, Db, TheSafari, may

router = APIRouter(
    prefix="/api/v1/safaris",
    tags=["safaris"],
    responses=READING | WRITING | FAILING | {201: {"model": ReceiptOut, "description": "New."}},
)
Leader = Annotated[Actor, may(Permission.LEAD_SAFARI)]


async def _sha256(request: Request) -> str:
    return hashlib.sha256(await request.body()).hexdigest()


Sha256 = Annotated[str, Depends(_sha256)]


@router.put("/{safari_id}", summary="Tell of a safari that began offline", dependencies=[TO_SEND])
def begin(
    safari_id: NoteId, draft: BegunDraft, sha256: Sha256, response: Response, db: Db, actor: Leader
) -> ReceiptOut:
    """201 when new, 200 when it was told before, 409 when it was told otherwise. The receipt is of the body."""
    safari, is_new = arriving.begin(db, safari_id, draft, by=actor)
    response.status_code = 201 if is_new else 200
    return _proof(safari_id, sha256, safari.created_at)


@router.put("/{safari_id}/closure", summary="Tell of a safari that ended offline", dependencies=[TO_SEND])
def end(
    safari_id: NoteId,
    draft: EndedDraft,
    sha256: Sha256,
    response: Response,
    db: Db,
    actor: Leader,
    safari: TheSafari,
) -> ReceiptOut:
    """As at its beginning; 409 when it was closed in other words. Notes may still arrive afterwards."""
    is_new = arriving.end(db, safari, draft, by=actor)
    response.status_code = 201 if is_new else 200
    return _proof(safari_id, sha256, now())


def _proof(safari_id: str, sha256: str, at: datetime) -> ReceiptOut:
    """Safaris stand outside the order of notes."""
    return ReceiptOut(id=safari_id, revision=1, sha256=sha256, server_seq=0, received_at=at, attachments=[])
