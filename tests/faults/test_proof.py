"""The fault table of the README: a small number of each row, for real, and the README says what was measured."""

import json
import subprocess
import sys

import pytest

from tests.faults.table import JSON, README, ROOT, ROWS, in_readme, table


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("row", [row.module for row in ROWS])
def test_it_holds(row: str):
    """In a process of its own, which the kills and the settings of a row may be tried on."""
    command = [sys.executable, "-m", "tests.faults.proof", row, "--small"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_readme_says_what_was_measured():
    assert "<!-- proof -->\n" in README.read_text()
    assert in_readme() == table(json.loads(JSON.read_text()))
