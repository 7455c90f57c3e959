"""The house stays readable: short files, no stray folders, nothing of a machine in it."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 250
FOLDERS = {".ci", "app", "docs", "migrations", "tests"}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_is_longer_than_a_person_reads_in_one_go():
    code = tracked("*.py", "*.ts", "*.mjs", "*.css", "*.html")
    long = {
        str(path.relative_to(ROOT)): n for path in code if (n := len(path.read_text().splitlines())) > LONGEST
    }
    assert long.pop("migrations/versions/0001_first_safari.py", 0) < 700
    assert not long


def test_the_top_of_the_house_has_only_the_agreed_rooms():
    assert {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT} <= FOLDERS


def test_nothing_built_or_third_party_is_kept_with_the_source():
    names = [str(path.relative_to(ROOT)) for path in tracked()]
    assert not [
        name for name in names if ".min." in name or "node_modules/" in name or "static/dist/" in name
    ]


def test_no_lock_file_names_a_registry():
    for path in tracked("package-lock.json", "requirements*.txt"):
        text = path.read_text()
        assert not [word for word in ('"resolved"', "--index-url", "--find-links") if word in text], path.name
