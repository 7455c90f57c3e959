"""Reads and decodes a file before the turn to write begins, so that one large photo keeps nobody waiting."""

from typing import Annotated, Any

import anyio
from anyio.to_thread import run_sync
from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from app.errors import Invalid, TooLarge
from app.forms import Again, Filled
from app.models.attachment.accepting import Unpacked, unpacked
from app.routers.dependencies import beforehand
from app.settings import settings

DECODERS = anyio.CapacityLimiter(2)
"""A photo of 50 megapixels may take 200 MB while it is decoded."""


async def _read(request: Request, note_id: str) -> Unpacked:
    await run_sync(beforehand, request, note_id)
    limit = settings().photo_limit
    too_large = TooLarge("too_large", limit=limit // 1_000_000)
    if int(request.headers.get("content-length") or 0) > limit:
        raise too_large
    return await run_sync(unpacked, await request.body(), limiter=DECODERS)


Sent = Annotated[Unpacked, Depends(_read, scope="function")]
"""The body itself is the file."""


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
