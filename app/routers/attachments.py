"""A photo or a spoken note, to look at or listen to, for who may read its story."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import FileResponse, Response

from app.clock import now
from app.models.access import Actor, Permission
from app.models.attachment import accepting, queries
from app.models.attachment.accepting import Unpacked
from app.models.attachment.serving import Served, served
from app.models.break_glass.table import Look
from app.models.consent import giving
from app.models.consent.table import Channel, Purpose
from app.models.consent.texts import version_of
from app.rendering import see_other
from app.routers.dependencies import Db, TheNote, in_emergency, may
from app.routers.field_notes import note_page
from app.routers.uploads import chosen

router = APIRouter(include_in_schema=False)
Reader = Annotated[Actor, may(Permission.READ_NOTE)]

SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'; sandbox"


def _out(file: Served) -> Response:
    """FileResponse answers ranges, so that sound can be wound on."""
    headers = {"content-security-policy": SANDBOX, "cache-control": "private, no-store"}
    return FileResponse(
        file.path,
        media_type=file.media_type,
        filename=file.name,
        content_disposition_type="inline",
        headers=headers,
    )


@router.get("/attachments/{attachment_id}", dependencies=[in_emergency(Look.PHOTO)])
def show(attachment_id: str, db: Db, actor: Reader) -> Response:
    return _out(served(queries.get(db, actor, attachment_id)))


@router.get("/attachments/{attachment_id}/thumbnail", dependencies=[in_emergency(None)])
def thumbnail(attachment_id: str, db: Db, actor: Reader) -> Response:
    return _out(served(queries.get(db, actor, attachment_id), thumbnail=True))


def _again(request: Request, db: Session, form: Any) -> Response:
    return note_page(request, db, form)


async def _agreed(request: Request) -> bool:
    return (await request.form()).get("agreed") == "true"


@router.post("/field-notes/{note_id}/attachments")
def add(
    files: Annotated[list[Unpacked], chosen("photo", again=_again)],
    agreed: Annotated[bool, Depends(_agreed)],
    db: Db,
    note: TheNote,
    actor: Annotated[Actor, may(Permission.RECORD_NOTE)],
) -> Response:
    for file in files:
        accepting.keep(db, note, file, by=actor)
    if agreed:
        kinds = sorted({Purpose(file.kind) for file in files})
        given = [(purpose, version_of(purpose), Channel.SPOKEN) for purpose in kinds]
        giving.give(db, note.id, given, at=now(), to_id=actor.id)
    return see_other(f"/field-notes/{note.id}#files")
