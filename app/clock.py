"""The only place that knows time and identity."""

import os
import time
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.settings import settings

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Beyond these a moment may not exist in another zone: a filter stops here, and what comes in is refused."""


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day it is where the organisation is."""
    return day_of(now())


def local(moment: datetime) -> datetime:
    """What the clock on the wall said then, where the organisation is."""
    return moment.astimezone(ZoneInfo(settings().time_zone))


def day_of(moment: datetime) -> date:
    """The day that it was then where the organisation is."""
    return local(moment).date()


def begin_of(day: date) -> datetime:
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(settings().time_zone))


def end_of(day: date) -> datetime:
    """The moment at which the next day begins."""
    return begin_of(min(day, LAST_DAY) + timedelta(days=1))


def within_reach(moment: datetime) -> datetime:
    """For input: a clock may be years off, but not beyond the calendar. ValueError with our code."""
    if FIRST_DAY.year <= moment.year <= LAST_DAY.year:
        return moment
    raise ValueError("field.datetime_parsing")


def new_id() -> str:
    """A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits; sorts by the time it was made."""
    stamp = time.time_ns() // 1_000_000
    value = (stamp & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))
