"""While the site runs, new lines of the log join the chain, and once a day the whole chain is looked at."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from sqlalchemy.exc import DBAPIError

from app.clock import now
from app.database import database
from app.logs import log
from app.models.audit import chaining, checking

EVERY = 30.0
"""Seconds between looks at whether there are new lines."""
LOOKED_AT_EVERY = timedelta(days=1)


@asynccontextmanager
async def log_by_itself() -> AsyncIterator[None]:
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
            while await _lengthened() == chaining.MOST:
                await asyncio.sleep(0.1)
            await _look_at_it()
        except (DBAPIError, OSError) as trouble:
            log.error("log", error=type(trouble).__name__)


async def _lengthened() -> int:
    async with database().writing_in_turn() as db:
        return await asyncio.to_thread(chaining.lengthen, db)


async def _look_at_it() -> None:
    verdict = await asyncio.to_thread(_looked_at)
    if verdict is None:
        return
    async with database().writing_in_turn() as db:
        await asyncio.to_thread(checking.record, db, verdict)
    if verdict.trouble:
        log.error("log", trouble=verdict.trouble, lines=verdict.broken_seq)


def _looked_at() -> checking.Verdict | None:
    """None when that was done today."""
    with database().reading() as db:
        former = checking.last(db)
        if former and former.created_at > now() - LOOKED_AT_EVERY:
            return None
        return checking.check(db)
