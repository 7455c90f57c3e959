"""The table of OWASP ASVS says what it counts, once for each requirement, and names tests that are there."""

import re
from collections import Counter

from tests.house.test_files import ROOT

TABLE = (ROOT / "docs" / "asvs.md").read_text()
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([12]) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.M)
KINDS = ("met", "partly", "not", "operator", "n/a")
PATH = re.compile(r"`((?:app|tests|docs)/[\w/.-]+)`")


def test_every_requirement_of_both_levels_stands_there_once():
    rows = ROW.findall(TABLE)
    assert len({row[0] for row in rows}) == len(rows) == 253
    assert Counter(row[1] for row in rows) == {"1": 70, "2": 183}
    assert {row[2] for row in rows} == set(KINDS)


def test_the_totals_are_those_of_the_rows_here_and_in_the_security_page():
    counted = Counter(row[2] for row in ROW.findall(TABLE))
    total = " | ".join(str(counted[kind]) for kind in KINDS)
    for text in (TABLE, (ROOT / "SECURITY.md").read_text()):
        assert f"| both | {total} | 253 |" in text


def test_what_it_points_at_is_there():
    finished = [row[3] for row in ROW.findall(TABLE) if "TODO-LEAD" not in row[3]]
    named = {path for how in finished for path in PATH.findall(how)}
    assert len(named) > 40
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
