"""While the site runs, messages to phones are sent; each by one sender, whatever the number of servers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool

from app.database import database
from app.logs import log
from app.models.push import sending
from app.models.push.sending import Parcel
from app.push import NotPushed, deliver
from app.settings import settings

EVERY = 15.0
"""Seconds between looks in the queue."""


@asynccontextmanager
async def pushing_by_itself() -> AsyncIterator[None]:
    if not settings().has_push:
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
            await push_all()
        except (DBAPIError, OSError) as trouble:
            log.error("pushing", error=type(trouble).__name__)


async def push_all() -> int:
    """Until nothing is due; how many were sent. The database waits for no push service."""
    count = 0
    while await run_in_threadpool(_is_due):
        async with database().writing_in_turn() as db:
            parcel = await run_in_threadpool(sending.take, db)
        if parcel is None:
            continue
        trouble = await run_in_threadpool(_try, parcel)
        async with database().writing_in_turn() as db:
            if trouble:
                await run_in_threadpool(sending.failed, db, parcel.id, trouble)
            else:
                await run_in_threadpool(sending.sent, db, parcel.id)
                count += 1
    return count


def _is_due() -> bool:
    with database().reading() as db:
        return sending.is_due(db)


def _try(parcel: Parcel) -> NotPushed | None:
    try:
        if parcel.phone is None:
            return NotPushed("signed out", gone=True)
        deliver(parcel.phone, parcel.message, seconds=parcel.seconds)
    except NotPushed as trouble:
        log.warning("pushing", error=trouble.why)
        return trouble
    return None
