"""While the site runs, messages to phones are sent; each by one sender, whatever the number of servers."""

from contextlib import AbstractAsyncContextManager, nullcontext

from starlette.concurrency import run_in_threadpool

from app.beside import again_and_again
from app.database import database
from app.logs import log
from app.models.push import sending
from app.models.push.sending import Parcel
from app.push import NotPushed, deliver
from app.settings import settings

EVERY = 15.0
"""Seconds between looks in the queue."""


def pushing_by_itself() -> AbstractAsyncContextManager[None]:
    return again_and_again(push_all, "pushing", EVERY) if settings().has_push else nullcontext()


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
