"""A table to hand over: columns with keys that never change with the language, and rows that come in batches."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.export.cells import Dialect, cell, guarded

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    value: Callable[[Any], Any]


def as_csv(columns: Sequence[Column], batches: Iterable[Sequence[Any]], dialect: Dialect) -> Iterator[bytes]:
    """CSV in chunks, one a batch, so that memory stays flat; lines end with CRLF (RFC 4180)."""
    yield dialect.start + _lines([[guarded(column.key) for column in columns]], dialect)
    values = [column.value for column in columns]
    for batch in batches:
        yield _lines([[cell(value(row), dialect) for value in values] for row in batch], dialect)


def _lines(rows: Iterable[Sequence[Any]], dialect: Dialect) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=dialect.delimiter, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()
