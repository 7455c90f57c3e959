"""A backup made by one command comes back by another, whole, elsewhere."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from app import cli, sealing, storage
from app.commands.copying import is_empty
from app.settings import settings
from tests.conftest import POSTGRES, in_postgres, use
from tests.house.examples import examples

QUESTIONS = ("SELECT id FROM field_note", "SELECT sha256 FROM attachment", "SELECT email FROM users")


@pytest.fixture
def elsewhere(dialect: str, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Database and folder of a place where nothing is yet; use(*elsewhere) goes there."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if dialect == "sqlite":
        yield f"sqlite:///{folder / 'klantsafari.db'}", folder
        return
    name = f"restored_{uuid4().hex[:8]}"
    in_postgres(f"CREATE DATABASE {name}")
    yield POSTGRES.replace("/postgres?", f"/{name}?"), folder
    in_postgres(f"DROP DATABASE {name} WITH (FORCE)")


def run(*arguments: str | Path) -> Any:
    """The command in this process."""
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def rows(url: str) -> list[set[str]]:
    engine = create_engine(url)
    with engine.connect() as db:
        found = [set(db.execute(text(question)).scalars()) for question in QUESTIONS]
    engine.dispose()
    return found


def test_what_was_there_is_there_again_elsewhere_with_its_files(db, elsewhere, tmp_path: Path):
    examples(db)
    db.commit()
    sealing.ready()
    file, home, (url, folder) = tmp_path / "backup.tar", settings(), elsewhere
    made = run("backup", file)
    assert made.exit_code == 0, made.stderr
    assert "secret.key" in made.stdout
    assert file.stat().st_mode & 0o077 == 0
    (folder / "secret.key").write_bytes((home.data / "secret.key").read_bytes())
    before, files = rows(home.database), [path.name for path in (home.data / "blobs").glob("??/*")]
    kept = {name: storage.path_of(name).read_bytes() for name in files}
    use(*elsewhere)
    back = run("restore", file)
    assert (back.exit_code, back.stderr) == (0, "")
    assert rows(url) == before
    assert kept
    assert {name: storage.path_of(name).read_bytes() for name in kept} == kept
    assert run("migrate").exit_code == 0


def test_the_key_is_not_in_the_backup_and_a_restore_says_that_it_is_missing(stage, elsewhere, tmp_path: Path):
    file = tmp_path / "backup.tar"
    run("backup", file)
    with tarfile.open(file) as tar:
        assert set(tar.getnames()) == {"klantsafari.json", "database"}
    assert (settings().data / "secret.key").read_bytes() not in file.read_bytes()
    use(*elsewhere)
    back = run("restore", file)
    assert (back.exit_code, "no secret key" in back.stderr) == (0, True)
    assert not (settings().data / "secret.key").exists()


def test_another_key_is_noticed(stage, elsewhere, tmp_path: Path):
    file = tmp_path / "backup.tar"
    run("backup", file)
    use(*elsewhere)
    (settings().data / "secret.key").write_bytes(os.urandom(32))
    assert "another one" in run("restore", file).stderr


def test_nothing_is_written_over(stage, tmp_path: Path):
    file = tmp_path / "backup.tar"
    file.write_bytes(b"of last week")
    refused = run("backup", file)
    assert (refused.exit_code, "already" in refused.stderr) == (1, True)
    assert file.read_bytes() == b"of last week"
    file.unlink()
    run("backup", file)
    before = rows(settings().database)
    refused = run("restore", file)
    assert (refused.exit_code, "already" in refused.stderr) == (1, True)
    assert rows(settings().database) == before


def test_a_file_that_is_no_backup_or_is_damaged_restores_nothing(db, elsewhere, tmp_path: Path):
    examples(db)
    db.commit()
    file = tmp_path / "backup.tar"
    run("backup", file)
    content = file.read_bytes()
    use(*elsewhere)
    damaged = content.replace(b"as good as a photo", b"as good as a fhoto")
    for wrong in (b"holiday.jpg", damaged, content[: len(content) // 2]):
        file.write_bytes(wrong)
        refused = run("restore", file)
        assert (refused.exit_code, "Nothing was restored" in refused.stderr) == (1, True)
        assert is_empty()


def test_without_the_programs_of_postgresql_it_says_so(stage, dialect: str, tmp_path: Path, monkeypatch):
    if dialect == "sqlite":
        pytest.skip("SQLite needs none")
    monkeypatch.setenv("PATH", "/nowhere")
    refused = run("backup", tmp_path / "backup.tar")
    assert (refused.exit_code, "pg_dump is not installed" in refused.stderr) == (1, True)
    assert list(tmp_path.glob("*.tar")) == []
