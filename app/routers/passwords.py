"""The slow part of a password: before the turn to write, so that nobody waits for it who only wants to write."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

# Argon2 takes 64 MB and a core for each check: more at once would only make everybody wait.
AT_ONCE = 2
_slots: RunVar[CapacityLimiter] = RunVar("password_slots")
T = TypeVar("T")


async def slowly(judge: Callable[[], T]) -> T:
    return await to_thread.run_sync(judge, limiter=_limiter())


def _limiter() -> CapacityLimiter:
    try:
        return _slots.get()
    except LookupError:
        _slots.set(CapacityLimiter(AT_ONCE))
        return _slots.get()
