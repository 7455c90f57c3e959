"""Runs a coroutine to its end from a plain test, also where Playwright already keeps a loop in this thread."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def wait_for(coroutine: Coroutine[Any, Any, T]) -> T:
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, coroutine).result()


async def until(true: Callable[[], object], within: float = 5.0) -> None:
    """Comes back as soon as it is so; AssertionError when it does not become so in that time."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() < began + within
        await asyncio.sleep(0.01)
