"""A file of a note as a phone sends it: whole or in parts, checked and decoded before the turn to write begins."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import Depends, Header, Request
from starlette.requests import ClientDisconnect

from app.database import database
from app.errors import Conflict, Forbidden, Invalid, NotFound, Problem, TooLarge
from app.models.access import Permission
from app.models.attachment import queries, receiving
from app.models.attachment.accepting import Unpacked, unpacked
from app.models.attachment.table import AttachmentKind
from app.models.field_note.schemas import Announced, NoteId, Sha256
from app.models.field_note.table import FieldNote
from app.routers.uploads import DECODERS, beforehand
from app.settings import settings


@dataclass(frozen=True, slots=True)
class Part:
    """`offset`: how many bytes are here, where the next part begins."""

    offset: int


Offset = Annotated[
    int | None, Header(ge=0, description="Where this part begins; without it, it is the whole file.")
]


async def _read(
    request: Request, note_id: NoteId, sha256: Sha256, upload_offset: Offset = None
) -> AsyncIterator[Unpacked | Part | None]:
    expected = await run_sync(_expected, request, note_id, sha256)
    most = settings().photo_limit if expected is None else max(0, expected.size - (upload_offset or 0))
    try:
        content, whole = await _body(request, most)
        if expected is None:
            yield None
            return
        if not whole:
            await run_sync(_keep_what_came, note_id, expected, content, upload_offset or 0)
            raise Problem("blob.wrong_hash")
        file = await _next(note_id, expected, content, upload_offset)
    except Invalid:
        receiving.drop(note_id, sha256)
        raise
    yield file
    # The row is committed: this runs after the session has closed.
    if isinstance(file, Unpacked):
        receiving.drop(note_id, sha256)


Sent = Annotated[Unpacked | Part | None, Depends(_read, scope="function")]
"""The file, or how much of it is here, or None when all of it was here before. To be asked for before `Db`."""


def _expected(request: Request, note_id: str, sha256: str) -> Announced | None:
    """What the note says about the file; None when it is here."""
    note, limit = _own(request, note_id), settings().photo_limit
    too_large = TooLarge("too_large", limit=limit // 1_000_000)
    if int(request.headers.get("content-length") or 0) > limit:
        raise too_large
    with database().reading() as db:
        if sha256 in queries.arrived(db, note.id):
            return None
        announced = queries.announced(db, note, sha256)
    if announced is None:
        raise Invalid({"sha256": "blob.not_announced"})
    if announced.size > limit:
        raise too_large
    return announced


def _own(request: Request, note_id: str) -> FieldNote:
    """After a 404 a phone tries again: who may record nothing any more hears that instead."""
    try:
        return beforehand(request, note_id)
    except NotFound:
        if not request.state.actor.may(Permission.RECORD_NOTE):
            raise Forbidden from None
        raise


async def _body(request: Request, most: int) -> tuple[bytes, bool]:
    """The bytes, and whether the sender got to the end. Invalid as soon as there are more than `most`."""
    request.state.body_is_read = True
    content = bytearray()
    too_large = Invalid({"size": "blob.larger"})
    if int(request.headers.get("content-length") or 0) > most:
        raise too_large
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > most:
                raise too_large
    except ClientDisconnect:
        return bytes(content), False
    return bytes(content), True


def _keep_what_came(note_id: str, expected: Announced, content: bytes, at: int) -> None:
    try:
        receiving.append(note_id, expected.sha256, content, at=at, most=expected.size)
    except Conflict:
        return


async def _next(note_id: str, expected: Announced, content: bytes, offset: int | None) -> Unpacked | Part:
    if offset is not None:
        whole = await run_sync(_append, note_id, expected, content, offset)
        if whole is None:
            return Part(offset + len(content))
        content = whole
    return await run_sync(_unpacked, content, expected, limiter=DECODERS)


def _append(note_id: str, expected: Announced, content: bytes, offset: int) -> bytes | None:
    return receiving.append(note_id, expected.sha256, content, at=offset, most=expected.size)


def _unpacked(content: bytes, expected: Announced) -> Unpacked:
    if hashlib.sha256(content).hexdigest() != expected.sha256:
        raise Invalid({"sha256": "blob.wrong_hash"})
    return unpacked(content, AttachmentKind(expected.kind))
