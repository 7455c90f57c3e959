"""The only place that knows time and identity."""

import os
import time
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.settings import settings


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day it is where the organisation is."""
    return now().astimezone(ZoneInfo(settings().time_zone)).date()


def new_id() -> str:
    """A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits; sorts by the time it was made."""
    stamp = time.time_ns() // 1_000_000
    value = (stamp & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))
