import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import JSONResponse

from app.errors import Problem
from app.models.access import Actor, Permission
from app.models.delivery.receiving import Received, receive
from app.models.field_note import feeling, queries, tagging
from app.models.field_note.as_json import NoteOut, TaggingOut, shown
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.schemas import Feeling, NoteId, ReceiptOut
from app.models.field_note.table import FieldNote, TaggingState
from app.rendering import language_of
from app.routers.api.shared import (
    FAILING,
    ONE,
    WRITING,
    Cursor,
    ErrorOut,
    Limit,
    PageOut,
    api_router,
    problem_out,
)
from app.routers.dependencies import TO_SEND, Db, TheNote, may

router: APIRouter = api_router("field-notes", "field notes")
Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]
Reader = Annotated[Actor, may(Permission.READ_NOTE)]
REVISION = re.compile(r'"([1-9][0-9]{0,4})"')


class RefusedOut(ErrorOut):
    """A receipt here proves that these very bytes were kept, and not that they became the note."""

    receipt: ReceiptOut | None = None
    current: NoteOut | None = None


RECORDING: dict[int | str, dict[str, Any]] = FAILING | {
    200: {"model": ReceiptOut, "description": "These bytes came before: the same receipt."},
    201: {"model": ReceiptOut, "description": "New: recorded, tagged, and on disk."},
    400: {
        "model": ErrorOut,
        "description": "The bytes are no JSON object, or If-Match is no number in quotes.",
    },
    404: {"model": ErrorOut, "description": "The safari is not there, or not yours to see."},
    409: {"model": RefusedOut, "description": "Another version stands here (`current`). Both are kept."},
    410: {"model": ErrorOut, "description": "This note was erased on purpose."},
    422: {
        "model": RefusedOut,
        "description": "Read, but it does not fit: kept as sent, until somebody repairs it.",
    },
    428: {
        "model": ErrorOut,
        "description": "A revision must say in If-Match which revision it was made from.",
    },
}
BODY = {
    "required": True,
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NoteDraft"}}},
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
def show(db: Db, actor: Reader, note: TheNote, response: Response) -> NoteOut:
    """Its ETag is what a revision of it says in If-Match."""
    response.headers["ETag"] = f'"{note.revision}"'
    return shown(db, [note])[0]


async def _bytes(request: Request) -> bytes:
    return await request.body()


def _based_on(
    if_match: Annotated[
        str | None, Header(description='The revision an edit was made from, such as "1".')
    ] = None,
) -> str | None:
    return if_match


@router.put(
    "/{note_id}",
    summary="Record a note",
    response_model=ReceiptOut,
    responses=RECORDING,
    openapi_extra={"requestBody": BODY},
    dependencies=[TO_SEND],
)
def record(
    request: Request,
    note_id: NoteId,
    sent: Annotated[bytes, Depends(_bytes)],
    if_match: Annotated[str | None, Depends(_based_on)],
    response: Response,
    db: Db,
    actor: Recorder,
) -> Any:
    """The receipt's sha256 is of the body, byte for byte; the same bytes again give the same receipt."""
    named = REVISION.fullmatch(if_match) if if_match else None
    if if_match and not named:
        return _refused(request, Received(400, fault=Problem("note.base_unreadable")))
    received = receive(db, note_id, sent, based_on=int(named[1]) if named else None, by=actor)
    if received.fault:
        return _refused(request, received)
    response.status_code = received.status
    return received.receipt


def _refused(request: Request, received: Received) -> JSONResponse:
    """An answer and no error, so that what was kept is committed."""
    fault = received.fault or Problem("server")
    body = RefusedOut(
        error=problem_out(fault, language_of(request)), receipt=received.receipt, current=received.current
    )
    seconds = fault.details.get("seconds")
    headers = {"Retry-After": str(seconds)} if seconds else None
    return JSONResponse(body.model_dump(mode="json", exclude_none=True), received.status, headers)


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


@router.post(
    "/{note_id}/taggings/{tag_id}/feeling",
    summary="Say how a tag was meant, or take it back",
    responses=WRITING,
)
def feel(db: Db, actor: Reader, note: TheNote, tag_id: str, sent: Feeling) -> TaggingOut:
    """Counts from now on instead of what was read. Says nothing about whether the tag fits."""
    feeling.say_of(db, note, tag_id, sent.sentiment, by=actor)
    return _one(db, note, tag_id)


def _one(db: Session, note: FieldNote, tag_id: str) -> TaggingOut:
    return next(found for found in shown(db, [note])[0].taggings if found.tag_id == tag_id)
