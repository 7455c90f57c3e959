"""While the site runs, what people decide is learned by itself, in a process of its own.

The decisions themselves are the list of work: a killed server finds at its next start what it had not learned yet.
"""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext

from app.beside import again_and_again, run
from app.clock import now
from app.database import database
from app.models.field_note import relearning
from app.settings import settings

EVERY = 60.0
"""Seconds between looks at whether there is anything to learn."""


def learning_by_itself() -> AbstractAsyncContextManager[None]:
    minutes = settings().learn_after_minutes
    if not minutes:
        return nullcontext()

    async def learn() -> None:
        if await asyncio.to_thread(_is_due, minutes):
            await run("retag")

    return again_and_again(learn, "learning", EVERY)


def _is_due(minutes: int) -> bool:
    """Once people have stopped deciding for a while: in the middle of a review it would be made again and again."""
    with database().reading() as db:
        return relearning.is_due(db, quiet_minutes=minutes, at=now())
