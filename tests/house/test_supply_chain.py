"""What is not ours is pinned by its hash, comes from nowhere in particular, and is listed the same every time."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.test_files import ROOT, tracked

PINNED = re.compile(r"^[a-z0-9._-]+(\[[a-z0-9,._-]+\])?==\S+( ; .+)? \\$", re.I)
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
SILENCED = re.compile(r"# noqa: S\d+")


@pytest.mark.parametrize("path", tracked("requirements*.txt"), ids=lambda path: path.name)
def test_every_python_package_is_pinned_with_hashes_and_without_an_address(path: Path):
    lines = [
        line for line in path.read_text().splitlines() if line.strip() and not line.strip().startswith("#")
    ]
    assert [line for line in lines if not PINNED.match(line) and not HASH.match(line)] == []
    bare = [a for a, b in zip(lines, [*lines[1:], ""], strict=True) if PINNED.match(a) and not HASH.match(b)]
    assert bare == []


def test_every_npm_package_has_its_hash_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    del packages[""]
    assert packages
    assert [name for name, told in packages.items() if not told["integrity"].startswith("sha512-")] == []
    assert [name for name, told in packages.items() if "resolved" in told] == []


def test_what_silences_a_rule_of_safety_says_why():
    lines = [(path.name, line) for path in tracked("*.py") for line in path.read_text().splitlines()]
    silent = [
        found
        for found in lines
        if SILENCED.search(found[1]) and not re.search(r"noqa: \S+(, \S+)* - ", found[1])
    ]
    assert silent == []


def test_the_list_of_parts_names_what_is_run_and_no_place_or_moment(tmp_path: Path):
    target = tmp_path / "sbom.json"
    subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "sbom.py"), str(target)], check=True, capture_output=True
    )
    made = target.read_text()
    assert re.findall(r"https?://(?!cyclonedx\.org/schema)|file:|/simple/|serialNumber|timestamp", made) == []
    assert '"pkg:pypi/fastapi@' in made
    assert '"pkg:npm/htmx.org@' in made
    assert "pytest" not in made
