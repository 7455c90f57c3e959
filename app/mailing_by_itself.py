"""While the site runs, letters in the queue are sent; each by one sender, whatever the number of servers."""

from contextlib import AbstractAsyncContextManager, nullcontext

from starlette.concurrency import run_in_threadpool

from app.beside import again_and_again
from app.database import database
from app.logs import log
from app.mail import Letter, NotSent, deliver
from app.models.mail import sending
from app.settings import settings

EVERY = 2.0
"""Seconds between looks in the queue: somebody may be waiting for a code."""


def mailing_by_itself() -> AbstractAsyncContextManager[None]:
    return again_and_again(send_all, "mailing", EVERY) if settings().has_mail else nullcontext()


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
