"""While the site runs, what people decide is learned by itself, in a process of its own.

The decisions themselves are the list of work: a killed server finds at its next start what it had not learned yet.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError

from app.clock import now
from app.database import database
from app.logs import log
from app.models.field_note import relearning
from app.settings import settings

EVERY = 60.0
"""Seconds between looks at whether there is anything to learn."""
LONGEST = 3600.0


@asynccontextmanager
async def learning_by_itself() -> AsyncIterator[None]:
    minutes = settings().learn_after_minutes
    if not minutes:
        yield
        return
    task = asyncio.create_task(_for_ever(minutes))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _for_ever(minutes: int) -> None:
    while True:
        await asyncio.sleep(EVERY)
        try:
            if await asyncio.to_thread(_is_due, minutes):
                await _learn()
        except (DBAPIError, OSError) as trouble:
            log.error("learning", error=type(trouble).__name__)


def _is_due(minutes: int) -> bool:
    """Once people have stopped deciding for a while: in the middle of a review it would be made again and again."""
    with database().reading() as db:
        return relearning.is_due(db, quiet_minutes=minutes, at=now())


async def _learn() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app",
        "retag",
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        code = await asyncio.wait_for(process.wait(), LONGEST)
        log.info("learning", code=code)
    finally:
        if process.returncode is None:
            process.kill()
