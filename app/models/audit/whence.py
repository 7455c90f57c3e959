"""From where something was asked: known around a request, and to every line of the log that it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Whence:
    """`address` as the peer has it; `agent` is what the browser calls itself. `at`: only when telling of the past."""

    address: str = ""
    agent: str = ""
    at: datetime | None = None


WHENCE: ContextVar[Whence] = ContextVar("whence", default=Whence())  # noqa: B039 - frozen


def device_of(agent: str) -> str:
    known = [next((name for sign, name in signs if sign in agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(part for part in known if part)


@contextmanager
def happened(at: datetime) -> Iterator[None]:
    """What is noted meanwhile happened then: for the demo story, since no line can be dated afterwards."""
    token = WHENCE.set(replace(WHENCE.get(), at=at))
    try:
        yield
    finally:
        WHENCE.reset(token)
