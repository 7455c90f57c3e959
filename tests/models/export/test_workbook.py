import io
import re
from zipfile import ZipFile

import pytest

from app.models.export.cells import FORMULA, XLSX, Kind
from app.models.export.sheets import LONGEST, Sheets
from app.models.export.table import Batch, as_xlsx, stored


def sheet(content: bytes, number: int = 1) -> str:
    return ZipFile(io.BytesIO(content)).read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.mark.parametrize("sign", FORMULA)
def test_every_cell_and_heading_of_a_workbook_is_text_and_nothing_is_calculated(sign):
    said = f"{sign}HYPERLINK(1)"
    columns = [stored(said, Kind.TEXT), stored("n"), stored("list", Kind.LIST), stored("mixed", Kind.MIXED)]
    batch: Batch = {said: [said], "n": [7], "list": [["https://x.nl", "12"]], "mixed": [said]}
    made = sheet(b"".join(as_xlsx(columns, [batch], XLSX)))
    assert "<f>" not in made
    assert "hyperlink" not in made
    assert set(re.findall(r'<c [^>]*t="(\w+)"', made)) == {"inlineStr"}
    assert made.count("<c ") == 8
    assert "https://x.nl | 12" in made
    assert "'" + sign not in made


def test_a_sheet_that_is_full_goes_on_in_the_next_and_a_cell_takes_no_more_than_excel_does():
    file = io.BytesIO()
    with Sheets(file, ["a"], most_rows=3) as sheets:
        for text in ("een", "twee", "x" * (LONGEST + 9)):
            sheets.add([text])
    assert "twee" in sheet(file.getvalue(), 1)
    second = sheet(file.getvalue(), 2)
    assert ">a<" in second
    assert "x" * LONGEST in second
    assert "x" * (LONGEST + 1) not in second
