"""While the site runs, everybody gets the digest of the day once, whatever the number of servers."""

from contextlib import AbstractAsyncContextManager, nullcontext

from starlette.concurrency import run_in_threadpool

from app.beside import again_and_again
from app.database import database
from app.models.reminder import digesting
from app.settings import settings

EVERY = 60.0
"""Seconds between looks at the clock."""


def reminding_by_itself() -> AbstractAsyncContextManager[None]:
    wanted = settings().has_mail or settings().has_push
    return again_and_again(remind_all, "reminding", EVERY) if wanted else nullcontext()


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
