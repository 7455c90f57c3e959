"""While the site runs, it is backed up every night by itself, in a process of its own.

Which worker does it, the database decides: the night is a row that only one of them writes.
"""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext

from app.beside import again_and_again, run
from app.clock import day_of, local, now
from app.database import database
from app.models.backup.queries import has_tonights
from app.settings import settings

EVERY = 300.0
"""Seconds between looks at the clock."""
LONGEST = 6 * 3600.0


def backing_up_by_itself() -> AbstractAsyncContextManager[None]:
    return again_and_again(_do, "backup", EVERY) if settings().backup_folder else nullcontext()


async def _do() -> None:
    if await asyncio.to_thread(is_due):
        await run("nightly-backup", longest=LONGEST)


def is_due() -> bool:
    """From the hour on until the night's own row is there: a server that slept through it makes up for it."""
    if local(now()).hour < settings().backup_hour:
        return False
    with database().reading() as db:
        return not has_tonights(db, day_of(now()).isoformat())
