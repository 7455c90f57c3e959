"""A table or a file as an answer: it streams from the database as fast as its reader takes it."""

from collections.abc import Callable

from sqlmodel import Session
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.clock import today
from app.database import database
from app.models.export.cells import Form
from app.models.export.table import Lines


def as_table(write: Callable[[Session], Lines], name: str, form: Form) -> "Download":
    return Download(write, name, form.ending, form.media_type)


class Download(StreamingResponse):
    """Waits its turn, and reads as fast as the reader takes. Closes its lines also when the reader leaves halfway: a
    query left open would make its connection stale for whoever gets it from the pool next."""

    def __init__(self, write: Callable[[Session], Lines], name: str, ending: str, media_type: str) -> None:
        saved_as = f'attachment; filename="klantsafari-{name}-{today()}.{ending}"'
        super().__init__((), media_type=media_type, headers={"Content-Disposition": saved_as})
        self.write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with database().streaming_in_turn() as db:
            lines = await run_in_threadpool(self.write, db)
            self.body_iterator = iterate_in_threadpool(lines)
            try:
                await super().__call__(scope, receive, send)
            finally:
                lines.close()
