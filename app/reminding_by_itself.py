"""While the site runs, everybody gets the digest of the day once, whatever the number of servers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool

from app.database import database
from app.logs import log
from app.models.reminder import digesting
from app.settings import settings

EVERY = 60.0
"""Seconds between looks at the clock."""


@asynccontextmanager
async def reminding_by_itself() -> AsyncIterator[None]:
    if not (settings().has_mail or settings().has_push):
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
            await remind_all()
        except (DBAPIError, OSError) as trouble:
            log.error("reminding", error=type(trouble).__name__)


async def remind_all() -> int:
    """How many digests were made. A turn to write for each, so that nobody waits for all of them."""
    count = 0
    for user_id in await run_in_threadpool(_due):
        async with database().writing_in_turn() as db:
            count += await run_in_threadpool(digesting.make, db, user_id)
    return count


def _due() -> list[str]:
    with database().reading() as db:
        return digesting.due(db)
