"""Keyset pages: stable while rows come in, and as fast on page 1,000 as on page 1."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from app.clock import within_reach
from app.errors import Invalid

T = TypeVar("T")
MOST = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: Sequence[T]
    next: str | None


def cursor_of(*keys: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def keys_of(cursor: str, length: int) -> list[str]:
    """The keys that a cursor holds; Invalid when it was not made by `cursor_of`."""
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        keys = None
    if not isinstance(keys, list) or len(keys) != length or not all(isinstance(k, str) for k in keys):
        raise Invalid({"cursor": "cursor.unreadable"})
    return keys


def moment_and_id(cursor: str) -> tuple[datetime, str]:
    """The keys of a list by time."""
    at, last_id = keys_of(cursor, 2)
    try:
        moment = within_reach(datetime.fromisoformat(at))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid({"cursor": "cursor.unreadable"})
    return moment, last_id
