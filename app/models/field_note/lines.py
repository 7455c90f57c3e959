"""Feedback that was gathered elsewhere, line by line: JSON lines, or CSV with a header as Excel saves it."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from app.errors import Fault, Invalid

COLUMNS = ("text", "held_at", "nps", "channel")


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from 1 and is where it begins in the file; with a fault it could not be read."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    fault: Fault | None = None


def lines_of(path: Path) -> Iterator[Line]:
    """Invalid when the file as a whole is not what its name says."""
    # Bytes that are no UTF-8 become lone surrogates, which makes one bad line and not a bad file.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield from (_csv(file) if path.suffix.lower() == ".csv" else _json_lines(file))


def _json_lines(file: TextIO) -> Iterator[Line]:
    for number, text in enumerate(file, start=1):
        if text.strip():
            yield _json_line(number, text)


def _json_line(number: int, text: str) -> Line:
    if not _readable(text):
        return Line(number, fault=("import.not_utf8", {}))
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return Line(number, fault=("import.not_json", {}))
    if not isinstance(values, dict):
        return Line(number, fault=("import.not_an_object", {}))
    return Line(number, values)


def _csv(file: TextIO) -> Iterator[Line]:
    header = file.readline()
    delimiter = ";" if header.count(";") > header.count(",") else ","
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if "text" not in names:
        raise Invalid({"text": "import.no_text_column"})
    rows = csv.reader(file, delimiter=delimiter)
    number = 2
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield Line(number, fault=("import.not_csv", {}))
        else:
            if any(cells):
                yield _csv_line(number, names, cells)
        number = rows.line_num + 2


def _csv_line(number: int, names: list[str], cells: list[str]) -> Line:
    if not all(map(_readable, cells)):
        return Line(number, fault=("import.not_utf8", {}))
    if len(cells) > len(names):
        return Line(number, fault=("import.too_many_cells", {}))
    return Line(number, {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()})


def _readable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
