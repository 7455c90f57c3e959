"""How one value stands in a cell, for Dutch Excel and for everybody else. No cell can become a formula."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.settings import settings

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Dialect:
    """`moment` formats a time; `start` are the bytes a file begins with."""

    name: str
    start: bytes
    delimiter: str
    decimal: str
    moment: Callable[[datetime], str]


def _for_excel(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(settings().time_zone)).strftime("%Y-%m-%d %H:%M:%S")


EXCEL = Dialect("excel", b"\xef\xbb\xbf", ";", ",", _for_excel)
RFC4180 = Dialect("rfc4180", b"", ",", ".", lambda moment: moment.isoformat())
DIALECTS = {dialect.name: dialect for dialect in (EXCEL, RFC4180)}


def guarded(text: str) -> str:
    """A leading apostrophe makes text of what a spreadsheet would calculate."""
    return "'" + text if text.startswith(FORMULA) else text


def cell(value: Any, dialect: Dialect) -> str | int:
    """Text, number or nothing; lists are joined with " | ", true and false are 1 and 0."""
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case bool() | int():
            return int(value)
        case float():
            return f"{value:g}".replace(".", dialect.decimal)
        case datetime():
            return dialect.moment(value)
        case date():
            return value.isoformat()
        case list():
            return guarded(" | ".join(map(str, value)))
    raise TypeError(type(value))
