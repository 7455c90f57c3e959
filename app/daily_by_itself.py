"""While the site runs, what is for once a day is done at its hour, in a process of its own, by one of all workers."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from zoneinfo import ZoneInfo

from sqlalchemy.exc import DBAPIError

from app.clock import now, today
from app.commands.daily import NAME
from app.database import database
from app.logs import log
from app.models.chore import leasing
from app.settings import settings

EVERY = 300.0
"""Seconds between looks at the clock."""


@asynccontextmanager
async def daily_by_itself() -> AsyncIterator[None]:
    if settings().daily_hour < 0:
        yield
        return
    task = asyncio.create_task(_for_ever(settings().daily_hour))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _for_ever(hour: int) -> None:
    while True:
        await asyncio.sleep(EVERY)
        try:
            if await asyncio.to_thread(is_due, hour):
                await _run()
        except (DBAPIError, OSError) as trouble:
            log.error("daily", error=type(trouble).__name__)


def is_due(hour: int) -> bool:
    """From that hour on, on the organisation's own clock, while nobody did it today."""
    if now().astimezone(ZoneInfo(settings().time_zone)).hour < hour:
        return False
    with database().reading() as db:
        return leasing.is_due(db, NAME, on=today(), at=now())


async def _run() -> None:
    """Of several workers that come this far at once, the row in the database lets one."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", "daily", "--if-due", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        log.info("daily", code=await process.wait())
    finally:
        if process.returncode is None:
            process.kill()
