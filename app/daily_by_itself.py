"""While the site runs, what is for once a day is done at its hour, in a process of its own, by one of all workers."""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext

from app.beside import again_and_again, run
from app.clock import local, now, today
from app.commands.daily import NAME
from app.database import database
from app.models.chore import leasing
from app.settings import settings

EVERY = 300.0
"""Seconds between looks at the clock."""


def daily_by_itself() -> AbstractAsyncContextManager[None]:
    return again_and_again(_do, "daily", EVERY) if settings().daily_hour >= 0 else nullcontext()


async def _do() -> None:
    """Of several workers that come this far at once, the row in the database lets one."""
    if await asyncio.to_thread(is_due, settings().daily_hour):
        await run("daily", "--if-due")


def is_due(hour: int) -> bool:
    """From that hour on, on the organisation's own clock, while nobody did it today."""
    if local(now()).hour < hour:
        return False
    with database().reading() as db:
        return leasing.is_due(db, NAME, on=today(), at=now())
