"""While the site runs, it is backed up every night by itself, in a process of its own.

Which worker does it, the database decides: the night is a row that only one of them writes.
"""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError

from app.clock import day_of, now
from app.database import database
from app.formats import local
from app.logs import log
from app.models.backup.queries import has_tonights
from app.settings import settings

EVERY = 300.0
"""Seconds between looks at the clock."""
LONGEST = 6 * 3600.0


@asynccontextmanager
async def backing_up_by_itself() -> AsyncIterator[None]:
    if settings().backup_folder is None:
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
            if await asyncio.to_thread(is_due):
                await _back_up()
        except (DBAPIError, OSError) as trouble:
            log.error("backup", error=type(trouble).__name__)


def is_due() -> bool:
    """From the hour on until the night's own row is there: a server that slept through it makes up for it."""
    if local(now()).hour < settings().backup_hour:
        return False
    with database().reading() as db:
        return not has_tonights(db, day_of(now()).isoformat())


async def _back_up() -> None:
    command = (sys.executable, "-m", "app", "nightly-backup")
    quiet = subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
    try:
        await asyncio.wait_for(process.wait(), LONGEST)
    finally:
        if process.returncode is None:
            process.kill()
