"""How values stand in cells, for Dutch Excel and for everybody else. No cell can become a formula."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any
from zoneinfo import ZoneInfo

from app.settings import settings

FORMULA = "=+-@\t\r\n＝＋－＠"
BIT = {None: "", False: "0", True: "1"}

Write = Callable[[Iterable[Any]], list[str]]
"""From the values of one column to its cells as they stand in the file; nothing becomes an empty cell."""


class Kind(Enum):
    """PLAIN are numbers, ids and keys of our own: nothing in them needs care. MIXED may be any of the others."""

    PLAIN = auto()
    TEXT = auto()
    LIST = auto()
    FLAG = auto()
    DECIMAL = auto()
    MOMENT = auto()
    MIXED = auto()


@dataclass(frozen=True)
class Dialect:
    """`start` are the bytes a file begins with."""

    name: str
    start: bytes
    delimiter: str
    cells: dict[Kind, Write]
    ending: str = "csv"
    media_type: str = "text/csv; charset=utf-8; header=present"


@dataclass(frozen=True)
class Workbook:
    """Excel's own kind of file: its cells are text by themselves and need no quotation marks."""

    name: str
    cells: dict[Kind, Write]
    ending: str = "xlsx"
    media_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def guarded(text: str) -> str:
    """A leading apostrophe makes text of what a spreadsheet would calculate."""
    return "'" + text if text and text[0] in FORMULA else text


def quoted(text: str) -> str:
    """Between quotation marks, the ones inside doubled (RFC 4180): several times as fast as the csv module, which
    looks at each character to find out whether that is needed."""
    return '"' + guarded(text).replace('"', '""') + '"' if text else ""


def _plain(values: Iterable[Any]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def _texts(values: Iterable[str | None]) -> list[str]:
    """As `quoted` does, without a call for each cell."""
    safe = ["'" + text if text and text[0] in FORMULA else text for text in values]
    return ['"' + text.replace('"', '""') + '"' if text else "" for text in safe]


def _lists(values: Iterable[list[str] | None]) -> list[str]:
    return [quoted(" | ".join(found)) if found else "" for found in values]


def _flags(values: Iterable[bool | None]) -> list[str]:
    return [BIT[value] for value in values]


def _decimals(mark: str) -> Write:
    return lambda values: ["" if v is None else f"{v:g}".replace(".", mark) for v in values]


def _in_utc(values: Iterable[datetime | None]) -> list[str]:
    return [value.isoformat() if value else "" for value in values]


def _on_our_clock(values: Iterable[datetime | None]) -> list[str]:
    zone = ZoneInfo(settings().time_zone)
    return [value.astimezone(zone).isoformat(" ", "seconds")[:19] if value else "" for value in values]


def _mixed(values: Iterable[Any]) -> list[str]:
    return [_cell(value) for value in values]


def _cell(value: Any) -> str:
    bare = _bare(value)
    return bare if value is None or isinstance(value, bool | date) else quoted(bare)


def _bare(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return BIT[value]
        case list():
            return " | ".join(value)
        case date():
            return value.isoformat()
    return str(value)


def _cells(mark: str, moments: Write) -> dict[Kind, Write]:
    return {
        Kind.PLAIN: _plain,
        Kind.TEXT: _texts,
        Kind.LIST: _lists,
        Kind.FLAG: _flags,
        Kind.DECIMAL: _decimals(mark),
        Kind.MOMENT: moments,
        Kind.MIXED: _mixed,
    }


EXCEL = Dialect("excel", b"\xef\xbb\xbf", ";", _cells(",", _on_our_clock))
RFC4180 = Dialect("rfc4180", b"", ",", _cells(".", _in_utc))
Form = Dialect | Workbook
XLSX = Workbook(
    "xlsx",
    {
        **_cells(",", _on_our_clock),
        Kind.TEXT: lambda values: [text or "" for text in values],
        Kind.LIST: lambda values: [" | ".join(found) if found else "" for found in values],
        Kind.MIXED: lambda values: [_bare(value) for value in values],
    },
)
FORMS: dict[str, Form] = {form.name: form for form in (EXCEL, RFC4180, XLSX)}
