from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.models.access import Actor, Permission
from app.models.field_note import queries, recording, tagging
from app.models.field_note.as_json import NoteOut, TaggingOut, shown
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.schemas import NoteDraft, NoteId, ReceiptOut
from app.models.field_note.table import FieldNote, TaggingState
from app.routers.api.shared import ONE, WRITING, Cursor, ErrorOut, Limit, PageOut, api_router
from app.routers.dependencies import Db, TheNote, may

router: APIRouter = api_router("field-notes", "field notes")
Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]
Reader = Annotated[Actor, may(Permission.READ_NOTE)]
RECORDING: dict[int | str, dict[str, Any]] = {
    201: {"model": ReceiptOut, "description": "New: recorded, tagged, and on disk."},
    404: {"model": ErrorOut, "description": "The safari is not there, or not yours to see."},
    409: {"model": ErrorOut, "description": "Other bytes came in under this id before."},
    410: {"model": ErrorOut, "description": "This note was erased on purpose."},
}


class NoteQuery(FieldNoteFilter):
    limit: Limit = 50
    cursor: Cursor = ""


class TaggingDraft(BaseModel):
    tag_id: str = Field(max_length=36)


@router.get("", summary="Notes you may read, the newest first")
def index(db: Db, actor: Reader, asked: Annotated[NoteQuery, Query()]) -> PageOut[NoteOut]:
    found = queries.page(db, actor, asked, limit=asked.limit, cursor=asked.cursor)
    return PageOut(items=shown(db, found.items), next=found.next)


@router.get("/{note_id}", summary="One note with its tags", responses=ONE)
def show(db: Db, actor: Reader, note: TheNote) -> NoteOut:
    return shown(db, [note])[0]


async def _bytes(request: Request) -> bytes:
    return await request.body()


@router.put("/{note_id}", summary="Record a note", responses=RECORDING)
def record(
    note_id: NoteId,
    draft: NoteDraft,
    sent: Annotated[bytes, Depends(_bytes)],
    response: Response,
    db: Db,
    actor: Recorder,
) -> ReceiptOut:
    """201 when new, 200 with the same receipt when these bytes came before, 409 when other bytes did."""
    receipt, is_new = recording.record(db, note_id, draft, sent=sent, by=actor)
    response.status_code = 201 if is_new else 200
    return receipt


@router.post("/{note_id}/taggings", status_code=201, summary="Add a tag", responses=WRITING)
def add(db: Db, actor: Reader, note: TheNote, draft: TaggingDraft) -> TaggingOut:
    """Accepted at once; adding one that was suggested accepts it."""
    tagging.add(db, note, draft.tag_id, by=actor)
    return _one(db, note, draft.tag_id)


@router.post("/{note_id}/taggings/{tag_id}/acceptance", summary="Accept a tag", responses=WRITING)
def accept(db: Db, actor: Reader, note: TheNote, tag_id: str) -> TaggingOut:
    tagging.decide(db, note, tag_id, TaggingState.ACCEPTED, by=actor)
    return _one(db, note, tag_id)


@router.post("/{note_id}/taggings/{tag_id}/rejection", summary="Reject a tag", responses=WRITING)
def reject(db: Db, actor: Reader, note: TheNote, tag_id: str) -> TaggingOut:
    tagging.decide(db, note, tag_id, TaggingState.REJECTED, by=actor)
    return _one(db, note, tag_id)


def _one(db: Session, note: FieldNote, tag_id: str) -> TaggingOut:
    return next(found for found in shown(db, [note])[0].taggings if found.tag_id == tag_id)
