"""While the site runs, new lines of the log join the chain, and once a day the whole chain is looked at."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

from app.beside import again_and_again
from app.clock import now
from app.database import database
from app.logs import log
from app.models.audit import chaining, checking

EVERY = 30.0
"""Seconds between looks at whether there are new lines."""
LOOKED_AT_EVERY = timedelta(days=1)


def log_by_itself() -> AbstractAsyncContextManager[None]:
    return again_and_again(_look_after, "log", EVERY)


async def _look_after() -> None:
    while await _lengthened() == chaining.MOST:
        await asyncio.sleep(0.1)
    await _look_at_it()


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
