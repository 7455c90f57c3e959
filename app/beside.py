"""Slow work of the site in a process of its own, one of our commands, so that no request waits for it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError

from app.logs import log

LONGEST = 3600.0


@asynccontextmanager
async def again_and_again(
    work: Callable[[], Awaitable[object]], name: str, seconds: float
) -> AsyncIterator[None]:
    """Meanwhile does `work`, each time after so many seconds; trouble with the database is for the next time."""
    task = asyncio.create_task(_for_ever(work, name, seconds))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _for_ever(work: Callable[[], Awaitable[object]], name: str, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except (DBAPIError, OSError, TimeoutError) as trouble:
            log.error(name, error=type(trouble).__name__)


async def run(command: str, *options: str, longest: float = LONGEST) -> None:
    """`klantsafari <command>`, killed when it lasts too long or the site stops."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app",
        command,
        *options,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        code = await asyncio.wait_for(process.wait(), longest)
        log.info(command, code=code)
    finally:
        if process.returncode is None:
            process.kill()
