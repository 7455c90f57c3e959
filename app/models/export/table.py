"""A table to hand over: columns with keys that never change with the language, and rows that come in batches.

A batch holds a thousand rows as columns ({name: values}), so that the work for a cell is one step of a list
comprehension and not a chain of calls.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from tempfile import SpooledTemporaryFile
from typing import Any

from sqlalchemy import Executable
from sqlmodel import Session

from app.models.export.cells import Dialect, Form, Kind, Workbook, quoted
from app.models.export.sheets import Sheets

BATCH = 1000
CHUNK = 1 << 20
Batch = Mapping[str, Sequence[Any]]
Lines = Generator[bytes, None, None]


@dataclass(frozen=True, slots=True)
class Column:
    """`values` takes a batch and gives one value a row."""

    key: str
    values: Callable[[Batch], Iterable[Any]]
    kind: Kind = Kind.PLAIN


def stored(key: str, kind: Kind = Kind.PLAIN) -> Column:
    """A column that is in the batch under its own key."""
    return Column(key, itemgetter(key), kind)


def batches(db: Session, rows: Executable) -> Iterator[dict[str, Sequence[Any]]]:
    """The rows of a statement, by the names of its columns; closing this halfway closes the statement too."""
    with db.connection().execute(rows.execution_options(yield_per=BATCH)) as result:
        names = tuple(result.keys())
        for found in result.partitions():
            yield dict(zip(names, zip(*found, strict=True), strict=True))


def as_file(columns: Sequence[Column], found: Iterable[Batch], form: Form) -> Lines:
    """The table in chunks of bytes."""
    return as_csv(columns, found, form) if isinstance(form, Dialect) else as_xlsx(columns, found, form)


def as_csv(columns: Sequence[Column], found: Iterable[Batch], dialect: Dialect) -> Lines:
    """CSV in chunks, one a batch, so that memory stays flat; lines end with CRLF (RFC 4180)."""
    yield dialect.start + _lines([[quoted(column.key) for column in columns]], dialect)
    for batch in found:
        cells = (dialect.cells[column.kind](column.values(batch)) for column in columns)
        yield _lines(zip(*cells, strict=True), dialect)


def _lines(rows: Iterable[Sequence[str]], dialect: Dialect) -> bytes:
    return "".join([dialect.delimiter.join(row) + "\r\n" for row in rows]).encode()


def as_xlsx(columns: Sequence[Column], found: Iterable[Batch], form: Workbook) -> Lines:
    """The whole workbook is made on the disk, row by row, and only then goes out: a zip has its index at the end."""
    with SpooledTemporaryFile(max_size=CHUNK) as file:
        with Sheets(file, [column.key for column in columns]) as sheets:
            for batch in found:
                cells = (form.cells[column.kind](column.values(batch)) for column in columns)
                for row in zip(*cells, strict=True):
                    sheets.add(row)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk
