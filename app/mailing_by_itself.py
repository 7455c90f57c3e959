"""While the site runs, letters in the queue are sent; each by one sender, whatever the number of servers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool

from app.database import database
from app.logs import log
from app.mail import Letter, NotSent, deliver
from app.models.mail import sending
from app.settings import settings

EVERY = 2.0
"""Seconds between looks in the queue: somebody may be waiting for a code."""


@asynccontextmanager
async def mailing_by_itself() -> AsyncIterator[None]:
    if not settings().has_mail:
        yield
        return
    task = asyncio.create_task(_for_ever())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _for_ever() -> None:
    while True:
        await asyncio.sleep(EVERY)
        try:
            await send_all()
        except (DBAPIError, OSError) as trouble:
            log.error("mailing", error=type(trouble).__name__)


async def send_all() -> int:
    """Until nothing is due; how many were sent. The database waits for no mail server."""
    count = 0
    while await run_in_threadpool(_is_due):
        async with database().writing_in_turn() as db:
            taken = await run_in_threadpool(sending.take, db)
        if taken is None:
            continue
        mail, letter = taken
        trouble = await run_in_threadpool(_try, letter)
        async with database().writing_in_turn() as db:
            if trouble:
                await run_in_threadpool(sending.failed, db, mail.id, trouble)
            else:
                await run_in_threadpool(sending.sent, db, mail.id)
                count += 1
    return count


def _is_due() -> bool:
    with database().reading() as db:
        return sending.is_due(db)


def _try(letter: Letter | None) -> NotSent | None:
    try:
        if letter is None:
            return NotSent("unreadable", for_good=True)
        deliver(letter)
    except NotSent as trouble:
        log.warning("mailing", error=trouble.why)
        return trouble
    return None
