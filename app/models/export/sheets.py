"""A workbook in which every cell is text: nothing is calculated, followed or guessed."""

from collections.abc import Sequence
from types import TracebackType
from typing import IO, Any, Self

import xlsxwriter

MOST_ROWS, LONGEST = 1_048_576, 32_767
"""What Excel takes on one sheet, and in one cell (characters)."""
AS_THEY_ARE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class Sheets:
    """Rows one by one; when a sheet is full the next begins, with the same heading."""

    def __init__(self, file: IO[bytes], heading: Sequence[str], *, most_rows: int = MOST_ROWS) -> None:
        self._book: Any = xlsxwriter.Workbook(file, AS_THEY_ARE)
        self._heading, self._most_rows = heading, most_rows
        self._bold = self._book.add_format({"bold": True})
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for column, key in enumerate(self._heading):
            self._sheet.write_string(0, column, key, self._bold)
        self._row = 1

    def add(self, cells: Sequence[str]) -> None:
        if self._row == self._most_rows:
            self._begin()
        for column, text in enumerate(cells):
            if text:
                self._sheet.write_string(self._row, column, text[:LONGEST])
        self._row += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Also halfway, so that what lies on the disk is tidied up."""
        self._book.close()
