"""Photos and spoken notes of a phone: sent one by one, under the hash of their bytes."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.attachment import accepting, queries
from app.models.field_note.schemas import AttachmentState, NoteId
from app.models.field_note.schemas import Sha256 as Digest
from app.routers.api.shared import READING, WRITING
from app.routers.dependencies import Db, TheNote, may
from app.routers.uploads import Sent

router = APIRouter(
    prefix="/api/v1/field-notes/{note_id}/blobs", tags=["field notes"], responses=READING | WRITING
)

Sha256 = Annotated[Digest, Path(description="Hex, of the bytes as sent.")]
BYTES = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


@router.put(
    "/{sha256}",
    summary="Send a photo or a spoken note",
    responses={201: {"model": AttachmentState}},
    openapi_extra={"requestBody": BYTES},
)
def put(
    note_id: NoteId,
    sha256: Sha256,
    file: Sent,
    response: Response,
    db: Db,
    note: TheNote,
    actor: Annotated[Actor, may(Permission.RECORD_NOTE)],
) -> AttachmentState:
    """201 when new, 200 when it was here already, 422 when the bytes are no photo or sound, or not of that hash."""
    _, is_new = accepting.keep(db, note, file, sha256=sha256, by=actor)
    response.status_code = 201 if is_new else 200
    return AttachmentState(sha256=sha256, state="have")


@router.head("/{sha256}", include_in_schema=False)
@router.get("/{sha256}", summary="Is this file here?")
def show(note_id: NoteId, sha256: Sha256, db: Db, note: TheNote) -> AttachmentState:
    """200 when the file is here, 404 when it is still to come."""
    if sha256 not in queries.arrived(db, note.id):
        raise NotFound
    return AttachmentState(sha256=sha256, state="have")
