"""Reads and decodes a file before the turn to write begins, so that one large photo keeps nobody waiting."""

from typing import Any

import anyio
from anyio.to_thread import run_sync
from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from app.database import database
from app.errors import Forbidden, Invalid, NotFound, TooLarge
from app.forms import Again, Filled
from app.models.access import Permission
from app.models.attachment.accepting import Unpacked, unpacked
from app.models.field_note import queries as field_notes
from app.models.field_note.table import FieldNote
from app.models.safari import queries as safaris
from app.models.safari.table import Safari
from app.recognising import asking

DECODERS = anyio.CapacityLimiter(2)
"""A photo of 50 megapixels may take 200 MB while it is decoded."""


def beforehand(request: Request, note_id: str) -> FieldNote:
    """The actor's own note, asked before a body is read and without a turn to write: for large and slow uploads."""
    with database().reading() as db:
        actor = asking(request, db)
        note = field_notes.get(db, actor, note_id)
        if note.author_id != actor.id:
            raise NotFound
        return note


def outing_beforehand(request: Request, safari_id: str) -> Safari:
    """As `beforehand`, for a form that may carry photos."""
    with database().reading() as db:
        actor = asking(request, db)
        if not actor.may(Permission.RECORD_NOTE):
            raise Forbidden
        return safaris.get(db, actor, safari_id)


def chosen(name: str, *, again: Again) -> Any:
    """The files that a form carries under that name; what is wrong with one is said at its field."""

    async def read(request: Request, note_id: str) -> list[Unpacked]:
        await run_sync(beforehand, request, note_id)
        form = await request.form()
        files = [file for file in form.getlist(name) if isinstance(file, UploadFile) and file.filename]
        request.state.again, request.state.form = again, Filled[Any]()
        if not files:
            raise Invalid({name: "attachment.missing"})
        try:
            return [await run_sync(unpacked, await file.read(), limiter=DECODERS) for file in files]
        except TooLarge as wrong:
            raise Invalid({name: (wrong.code, wrong.details)}) from None

    return Depends(read, scope="function")
