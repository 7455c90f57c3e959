"""Photos and spoken notes of a phone: sent one by one, under the hash of their bytes."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.attachment import accepting, queries, receiving
from app.models.field_note.schemas import NoteId
from app.models.field_note.schemas import Sha256 as Digest
from app.routers.api.shared import READING, WRITING
from app.routers.dependencies import TO_SEND, Db, TheNote, may
from app.routers.incoming import Part, Sent

router = APIRouter(
    prefix="/api/v1/field-notes/{note_id}/blobs", tags=["field notes"], responses=READING | WRITING
)

Sha256 = Annotated[Digest, Path(description="Hex, of the bytes as sent.")]
BYTES = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


class BlobOut(BaseModel):
    sha256: str
    state: Literal["have", "partial"]
    offset: int | None = Field(None, description="When partial: how many bytes are here.")


@router.put(
    "/{sha256}",
    summary="Send a photo or a spoken note, whole or in parts",
    responses={201: {"model": BlobOut}, 202: {"model": BlobOut}},
    response_model_exclude_none=True,
    openapi_extra={"requestBody": BYTES},
    dependencies=[TO_SEND],
)
def put(
    note_id: NoteId,
    sha256: Sha256,
    file: Sent,
    response: Response,
    db: Db,
    note: TheNote,
    actor: Annotated[Actor, may(Permission.RECORD_NOTE)],
) -> BlobOut:
    """201 when it is all here, 200 when it was before, 202 when more must follow. 409, with the header
    `Upload-Offset`, when the part begins elsewhere. 422, and nothing is kept, when the note announced no such file
    or a smaller one, or the bytes are no photo or sound, or not of that hash."""
    if isinstance(file, Part):
        response.status_code = 202
        return BlobOut(sha256=sha256, state="partial", offset=file.offset)
    is_new = file is not None and accepting.keep(db, note, file, sha256=sha256, by=actor)[1]
    response.status_code = 201 if is_new else 200
    return BlobOut(sha256=sha256, state="have")


@router.head("/{sha256}", include_in_schema=False, dependencies=[TO_SEND])
@router.get(
    "/{sha256}", summary="Is this file here?", response_model_exclude_none=True, dependencies=[TO_SEND]
)
def show(note_id: NoteId, sha256: Sha256, db: Db, note: TheNote) -> BlobOut:
    """200 when the file is here. 404 when it is still to come; `Upload-Offset` says how many bytes are."""
    if sha256 not in queries.arrived(db, note.id):
        raise NotFound(offset=receiving.offset_of(note.id, sha256))
    return BlobOut(sha256=sha256, state="have")
