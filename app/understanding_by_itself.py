"""While the site runs, notes are read by their meaning after they came in, in a process of its own.

The table of notes that wait is the list of work: a killed server goes on with it at its next start.
"""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext

from app.beside import again_and_again, run
from app.database import database
from app.models.field_note import pending
from app.settings import settings

EVERY = 5.0
"""Seconds between looks at whether a note waits."""


def understanding_by_itself() -> AbstractAsyncContextManager[None]:
    return again_and_again(_understand, "understanding", EVERY) if settings().semantics else nullcontext()


async def _understand() -> None:
    if await asyncio.to_thread(_is_any):
        await run("understand")


def _is_any() -> bool:
    with database().reading() as db:
        return pending.is_any(db)
